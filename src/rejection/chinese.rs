//! Reasons, hints and doubts in English → the same in Chinese, for editors who read no English. Sentences are made where
//! the fault is found; here each stands with `{}` for what it quotes, and what is not listed stays English. Long, because it
//! is one list, in whose order the more particular comes first.

use std::borrow::Cow;

/// Sentences and their Chinese, the more particular before the more general.
pub const SENTENCES: [(&str, &str); 349] = [
    // Files and folders.
    ("the file holds no text", "文件里没有文字"),
    ("Write the article into it, or remove it.", "请写入稿件,或删除该文件。"),
    ("the file holds no headline and no text", "文件里既没有标题也没有正文"),
    ("write the article into it", "请把稿件写进去"),
    ("it is a mail as programs send it, whose text is coded", "这是邮件程序发送的原始邮件,正文经过编码"),
    (
        "open it in the mail program, and copy its text into a file or save its attachment",
        "请在邮件程序中打开,把正文复制到文件里,或另存附件",
    ),
    (
        "it is another version of the file beside it, put here by a program that keeps folders alike",
        "这是旁边那个文件的另一个版本,由同步程序放在这里",
    ),
    (
        "put what is to stay into the other file, and remove this one; or rename this one to publish it",
        "请把要保留的内容放进那个文件,然后删除本文件;如要发布本文件,请给它改名",
    ),
    ("its name has no extension, so nobody knows what it is", "文件名没有扩展名,无法判断是什么文件"),
    ("the file's name has no extension", "文件名没有扩展名"),
    ("files named .{} are not known here", "不认识扩展名为 .{} 的文件"),
    ("files of the kind .{} are not read", "不读取 .{} 类文件"),
    ("articles are {}", "稿件可用的格式:{}"),
    (
        "save it as .md, .html or .txt; or give its name a dot in front to keep it out",
        "请另存为 .md、.html 或 .txt;如不想发布,请在文件名前加一个点",
    ),
    ("it is an OpenDocument text of LibreOffice, which is not read", "这是 LibreOffice 的 OpenDocument 文档,无法读取"),
    (
        "open it in LibreOffice, choose File > Save As and the type Word 2007-365 (.docx), and drop that",
        "请用 LibreOffice 打开,选“文件—另存为”,类型选 Word 2007-365(.docx),再把它放进来",
    ),
    ("it is rich text (RTF), which is not read", "这是 RTF 文件,无法读取"),
    ("it is a document of Apple Pages, which is not read", "这是 Apple Pages 文档,无法读取"),
    (
        "open it in Pages, choose File > Export To > Word and the format .docx, and drop that",
        "请用 Pages 打开,选“文件—导出为—Word”,格式选 .docx,再把它放进来",
    ),
    ("it is a link to a document in Google Docs and holds no text", "这是 Google 文档的链接,里面没有文字"),
    (
        "open it in Google Docs, choose File > Download > Microsoft Word (.docx), and drop that",
        "请在 Google 文档中打开,选“文件—下载—Microsoft Word(.docx)”,再把它放进来",
    ),
    ("it is a document of a word processor (.{}), which is not read", "这是文字处理软件的文档(.{}),无法读取"),
    (
        "open it there, choose Save As and the type Word document (.docx), and drop that",
        "请用该软件打开,选“另存为”,类型选 Word 文档(.docx),再把它放进来",
    ),
    (
        "the front matter is a JavaScript program, as Eleventy has it, and programs are not run",
        "文件头是 JavaScript 程序(Eleventy 写法),本程序不运行它",
    ),
    ("write its fields as YAML between two lines of `---`", "请把各字段写成 YAML,放在两行 --- 之间"),
    (
        "line {} begins with `%%` as a comment does; nothing closes it, so it is published",
        "第 {} 行以 %% 开头,像是批注,但没有结束的 %%,所以照常发布",
    ),
    ("it may not be read (permission denied)", "没有读取权限"),
    ("let the daemon's user read the file", "请让发布程序的用户有权读取该文件"),
    ("it has {} bytes, more than the {} allowed", "文件有 {} 字节,超过允许的 {} 字节"),
    ("shorten it, or raise intake.max_file", "请缩短文件,或请管理员调高 intake.max_file"),
    ("move it to a folder at most 8 below the inbox", "请移到收件箱下不超过 8 层的文件夹里"),
    ("name a section at most 8 deep", "栏目最多 8 层"),
    ("the reader of this format stumbled over it", "读取这种格式时出错"),
    ("the reader of this format does not come to an end with it", "读取此文件没有尽头,已放弃"),
    (
        "save it in a simpler form, and send this file to the makers of syndicated",
        "请另存为更简单的格式,并把此文件发给软件作者",
    ),
    ("the file makes its reader fail", "读取该文件时失败"),
    ("save it anew; if that does not help, report the file", "请重新保存;仍不行请报告此文件"),
    ("its text is longer than {} MiB", "正文超过 {} MiB"),
    ("divide it into several articles", "请分成几篇稿件"),
    ("it has more than {} paragraphs, cells and other marks", "段落、单元格等标记超过 {} 个"),
    (
        "one of its texts is too long and full of `&` or spaces that do not break",
        "其中一段文字过长,并含有太多“&”或不换行空格",
    ),
    ("divide it into paragraphs", "请分段"),
    ("it has more than 2 GiB; let a streaming host carry it", "文件超过 2 GiB,请放到流媒体平台上"),
    // Encodings and names that say what is not so.
    ("the encoding {} is not known", "不认识编码 {}"),
    ("name one as gb18030, big5 or windows-1252", "请写 gb18030、big5 或 windows-1252 之类的编码名"),
    ("it is not UTF-8", "不是 UTF-8 编码"),
    ("save it as UTF-8", "请另存为 UTF-8"),
    ("the file is {} under the name of a text", "文件名是文本,内容却是 {}"),
    ("save it as text, Markdown or HTML, and drop that", "请另存为纯文本、Markdown 或 HTML 后再放入"),
    ("the file is not text", "文件不是文本"),
    ("drop articles as text, Markdown or HTML", "稿件请用纯文本、Markdown 或 HTML"),
    ("it is a feed (<{}>), and no article", "这是一个订阅源(<{}>),不是稿件"),
    ("the XML in it, <{}>, is no form in which articles are sent", "其中的 XML(<{}>)不是稿件格式"),
    ("known are NewsML-G2, NewsML 1.2 and NITF", "可用的有 NewsML-G2、NewsML 1.2 和 NITF"),
    ("it is called .{}, and there is no {} in it", "文件名为 .{},里面却没有 {}"),
    ("give articles in plain words a name that ends in .txt", "纯文字稿件的文件名请以 .txt 结尾"),
    // Front matter and sidecars.
    ("the field `{}` is stated twice", "字段“{}”写了两次"),
    ("the field `{}` is no language tag such as zh-CN: {}", "字段“{}”不是 zh-CN 这样的语言代码:{}"),
    (
        "the field `{}` is no http address, so the article gets a page here: {}",
        "字段“{}”不是 http 地址,因此稿件在本站另有网页:{}",
    ),
    ("the field `{}` is neither {} and was left out: {}", "字段“{}”应为 {},已略去:{}"),
    ("the field `{}` is no whole number and was left out: {}", "字段“{}”不是整数,已略去:{}"),
    ("the field `{}` states no time", "字段“{}”没有写时间"),
    ("the date {} of the field `{}` cannot be read", "无法读懂日期 {}(字段“{}”)"),
    ("the date {} of the field `{}` stands for none", "日期 {}(字段“{}”)等于没有日期"),
    ("the date {} in {} stands for none, so it is not embargoed", "{1} 中的日期 {0} 等于没有日期,因此不作限时发布"),
    ("the date {} in {} stands for none", "{1} 中的日期 {0} 等于没有日期"),
    ("the date {} stands for none", "日期 {} 等于没有日期"),
    ("all text of the page is hidden, so none of it is shown", "网页的全部文字都是隐藏的,因此不予显示"),
    (
        "{}, which goes with the item, is embargoed still and was left out; drop the item again when it may come out",
        "随稿的 {} 仍在限制发布期内,已略去;到期后请重新放入该稿件",
    ),
    ("the field `{}` is no list", "字段“{}”不是列表"),
    ("the field `{}` lists more than {} items", "字段“{}”所列超过 {} 项"),
    ("the field `{}` is {}, which holds nothing back", "字段“{}”的值 {} 不起限制发布的作用"),
    ("the field `{}` is {}", "字段“{}”的值是 {}"),
    ("it should be a list, each with the `headline` it means", "应为列表,每项用 `headline` 写明所指的标题"),
    ("say with `headline` which article of the page it means", "请用 `headline` 写明指的是版面上哪篇稿件"),
    ("it should be {}", "应为 {}"),
    ("write until when, as 2026-07-02T10:00:00+08:00", "请写明截止时刻,如 2026-07-02T10:00:00+08:00"),
    ("the date {} cannot be read", "无法读懂日期 {}"),
    (
        "write it as 2026-07-02, 2026-07-02 10:00 or 2026-07-02T10:00:00+08:00",
        "请写成 2026-07-02、2026-07-02 10:00 或 2026-07-02T10:00:00+08:00",
    ),
    ("the front matter is not closed", "文首信息区没有结束标记"),
    ("end the front matter with a line `{}`", "请在文首信息区末尾另起一行写“{}”"),
    ("the {} is not {}: {}", "{} 不是合格的 {}:{}"),
    (
        "write `name: value` with a space after the colon, and values with marks in them in \"quotation marks\"",
        "请写成“名称: 值”,冒号后留一空格;含符号的值请加英文引号",
    ),
    ("mend the line; texts stand in \"quotation marks\"", "请改正这一行;文字要加英文引号"),
    ("the {} is longer than {} KiB", "{} 超过 {} KiB"),
    ("close it before the text begins", "请在正文之前结束它"),
    ("state in it no more than is needed", "只写必要的内容"),
    ("it has {} bytes, more than a sidecar needs", "文件有 {} 字节,附属说明文件不需要这么大"),
    ("the sidecar speaks of {}, and no article here is headed so", "说明文件提到 {},版面上没有这个标题"),
    ("{} was left out: the page has {} pictures with captions", "{} 已略去:本版只有 {} 张带说明的图片"),
    ("the caption {} was left out: it has {} bytes", "图片说明 {} 已略去:有 {} 字节"),
    (
        "it is named as the caption of {}, and no such file lies beside it",
        "文件名表示它是 {} 的图片说明,旁边却没有该文件",
    ),
    (
        "put the picture beside it; or, if it is an article, name it without the picture's extension",
        "请把图片放在旁边;如果是稿件,文件名里请不要带图片扩展名",
    ),
    (
        "it is no agency's item, and as the sidecar of an article {} it stands alone",
        "它不是通讯社稿件;作为稿件 {} 的说明文件,旁边又没有稿件",
    ),
    (
        "it is named as the sidecar of an article {}, and none lies beside it",
        "文件名表示它是稿件 {} 的说明文件,旁边却没有稿件",
    ),
    ("put the article beside it under the same name, as .txt or .md", "请把同名稿件(.txt 或 .md)放在旁边"),
    ("it holds a few short lines; see the documentation", "里面只需几行;请看使用说明"),
    (
        "the inbox itself is the whole publication, which the configuration describes",
        "收件箱本身就是整份报刊,由配置文件描述",
    ),
    (
        "put it into the folder of a section, or leave description, image, encoding and [defaults] alone in it",
        "请放进某个栏目的文件夹,或只保留 description、image、encoding 和 [defaults]",
    ),
    ("the image {} leads out of the inbox; it was left out", "图片 {} 不在收件箱内,已略去"),
    // Identity, versions, dates.
    ("the id {} is already used by {}", "编号 {} 已被 {} 使用"),
    ("give this article an id of its own, or remove the other file", "请给本稿另设编号,或删除另一个文件"),
    ("the id {} was added after publication; the article keeps {}", "编号 {} 是发布之后才加的;稿件仍用 {}"),
    (
        "the date was moved into the future after publication; the article keeps its date",
        "发布之后日期被改到将来;稿件仍用原来的日期",
    ),
    (
        "the embargo was stated after publication; the article stays published",
        "发布之后才加的限时发布不起作用;稿件仍在发布",
    ),
    (
        "it says nearly the same as {}, which is published: keep one of the two",
        "内容与已发布的 {} 几乎相同:两篇请只保留一篇",
    ),
    ("version {} of {} is not above {}, which is published", "{1} 的第 {0} 版不高于已发布的第 {2} 版"),
    ("this version of {} is not later than the one that is published", "{} 的这一版并不晚于已发布的版本"),
    ("the issue date {} lies ahead; the day of arrival was taken instead", "出版日期 {} 还没到,改用收到的日期"),
    (
        "the date {} in the file's name or above its text lies ahead; the day of arrival was taken instead",
        "文件名里或正文上方的日期 {} 还没到,改用收到的日期",
    ),
    ("no article called {} is in {}", "{1} 里没有名为 {0} 的稿件"),
    (
        "call the marker as the article's file or page is called, and put it beside the file; it waits for the article",
        "请让撤稿文件与稿件文件或网页同名,并放在它旁边;它会等待该稿件",
    ),
    (
        "call the marker as the article's page is called (without .html), put the day in front, as in 2026-07-02-name.withdraw, or put it beside the article's file",
        "请让撤稿文件与稿件网页同名(不带 .html),或在前面加日期,如 2026-07-02-name.withdraw,或放在稿件文件旁边",
    ),
    // Pictures, sound, film.
    (
        "{} leads to no picture, sound or film in the inbox; it was left out",
        "{} 在收件箱里找不到相应的图片或音视频,已略去",
    ),
    ("{} is not there; it was left out", "{} 不在,已略去"),
    ("{} was left out: {}", "{} 已略去:{}"),
    ("it is no sound that can be read, and no article refers to it", "这段声音无法读取,也没有稿件用到它"),
    (
        "save it as MP3 or M4A; or write an article beside it that names it",
        "请另存为 MP3 或 M4A;或在旁边写一篇提到它的稿件",
    ),
    ("browsers do not show TIFF; save it as JPEG or PNG", "浏览器不能显示 TIFF,请另存为 JPEG 或 PNG"),
    ("it is not what its name says, nor anything else that is known here", "内容与文件名不符,也不是这里认识的格式"),
    // Agencies.
    ("the date {} in {} cannot be read and was left out", "{1} 中的日期 {0} 无法读懂,已略去"),
    ("{} states an embargo without a time; it was taken for none", "{} 写了限发却没写时间,视为没有限发"),
    (
        "its first lines speak of an embargo, and until when cannot be read from them",
        "文首写有限发(embargo)要求,但读不出限发到什么时候",
    ),
    (
        "state it in the file's head or its sidecar, as `embargo: 2026-07-02T10:00:00+08:00`",
        "请在文件头或附属说明文件里写明,例如 `embargo: 2026-07-02T10:00:00+08:00`",
    ),
    ("it is embargoed until {}, which is no date", "限发截止 {} 不是日期"),
    (
        "it is embargoed and does not say until when; it is held back until a version does",
        "稿件限发,却没写截止时间;先扣住,等写明时间的版本",
    ),
    (
        "it tells editors that a story must not run, and takes back what has its id; where the story has another, withdraw it",
        "这是通知编辑撤稿的消息,同一编号的稿件已撤下;如果所指稿件的编号不同,请另行撤稿",
    ),
    ("it tells editors that a story must not run, and is no article", "这是通知编辑撤稿的消息,不是稿件"),
    (
        "take that story back, by removing its file or dropping SLUG.withdraw beside it",
        "请撤下所指的稿件:删除它的文件,或在旁边放一个名为“稿件地址名.withdraw”的文件",
    ),
    ("{} stands twice in the file; its higher version was taken", "{} 在文件里出现两次,取了较高的版本"),
    ("the message holds no items", "电文里没有稿件"),
    ("ask its sender for the message with its items", "请发稿方重发完整的电文"),
    ("item {} was left out: {}", "第 {} 条已略去:{}"),
    ("its status is {}, and nobody here knows whether that may be published", "稿件状态为 {},无法判断能否发布"),
    ("the known ones are usable, withheld and canceled", "可用的状态有 usable、withheld 和 canceled"),
    ("the item{} holds no headline and no text", "稿件{}既没有标题也没有正文"),
    ("ask its sender for the article itself", "请发稿方发来稿件本身"),
    ("it carries {} texts, and only items with one are read", "含有 {} 篇正文,这里只读取一条一篇的"),
    ("ask its sender for one item a text", "请发稿方每条只发一篇"),
    ("it is a package, a list of other items, and no article", "这是一个稿件清单,不是稿件"),
    ("it describes concepts (names and codes), and is no article", "这是概念条目(名称和代码),不是稿件"),
    ("it describes what is planned, and is no article", "这是报道计划,不是稿件"),
    ("it lists vocabularies, and is no article", "这是词表,不是稿件"),
    ("ask its sender for the items themselves, and drop these", "请发稿方发来稿件本身,再放入"),
    ("it is a JSON Feed, and no article", "这是 JSON 订阅源,不是稿件"),
    ("it is a JSON schema, and no article", "这是 JSON 模式,不是稿件"),
    ("the JSON in it is no ninjs, the form in which agencies send articles", "其中的 JSON 不是通讯社发稿用的 ninjs"),
    ("a ninjs item has a `uri` and a `headline` or a body", "ninjs 稿件要有 `uri`,以及 `headline` 或正文"),
    ("drop the article about it", "请放入有关它的稿件"),
    ("the ninjs item states no uri, by which its next version would be known", "ninjs 稿件没有 uri,无法认出它的下一版"),
    ("ask its sender for the item with its `uri`", "请发稿方发来带 `uri` 的稿件"),
    ("the file was damaged on its way: ask for it again, or mend it there", "文件在传送中损坏:请重新索取,或在源头改正"),
    ("the file ends before its XML does", "XML 还没结束,文件就断了"),
    ("copy the whole file again", "请重新完整复制"),
    ("there is no element in the file", "文件里没有 XML 元素"),
    ("the file has more elements than any news item", "元素过多,不像一条新闻"),
    ("divide it into several files", "请分成几个文件"),
    ("its elements are nested more than {} deep", "元素嵌套超过 {} 层"),
    ("one of its elements has more than {} attributes", "有元素带了超过 {} 个属性"),
    ("no news item is like this: ask for it again", "新闻稿不会这样:请重新索取"),
    ("it defines entities of its own, which are not read", "文件自定了实体,这里不读取"),
    ("take the `<!ENTITY …>` lines away and write the characters themselves", "请删去 `<!ENTITY …>` 各行,直接写出字符"),
    // Word.
    ("the package has {} parts, more than the {} allowed", "文件包里有 {} 个部分,超过允许的 {} 个"),
    ("save the text as a new document", "请把文字另存为新文档"),
    ("the package inflates to more than {} MiB", "文件包解压后超过 {} MiB"),
    ("{} in the package is longer than {} MiB", "文件包中的 {} 超过 {} MiB"),
    ("{} in the package is damaged", "文件包中的 {} 已损坏"),
    ("{} in the package is no Word document", "文件包中的 {} 不是 Word 文档"),
    ("open the file in Word, save it anew, and drop it again", "请用 Word 打开、重新保存,再放入"),
    (
        "take large pictures and attachments out, or save the text as a new document",
        "请取出大图和附件,或把文字另存为新文档",
    ),
    ("the package is locked with a password", "文件包有密码"),
    ("save it without one", "请去掉密码后保存"),
    ("the package is packed in a way that is not read ({})", "文件包的压缩方式无法读取({})"),
    ("the package is damaged or was not copied whole", "文件包已损坏,或没有完整复制"),
    (
        "copy the file again; if that does not help, open it in Word and save it anew",
        "请重新复制;仍不行请用 Word 打开后重新保存",
    ),
    ("the document is locked with a password", "文档有密码"),
    ("save it without a password", "请去掉密码后保存"),
    ("it is a document of the old kind (.doc), which is not read", "这是旧式文档(.doc),无法读取"),
    ("it is rich text (RTF), not a Word document, whatever its name says", "这是 RTF 文件,不是 Word 文档"),
    ("it is a web page, not a Word document, whatever its name says", "这是网页,不是 Word 文档"),
    ("it is no Word document, whatever its name says", "这不是 Word 文档"),
    ("open the file in Word and save it as a Word document (.docx)", "请用 Word 打开并另存为 .docx"),
    (
        "open it in Word and save it as a Word document (.docx), or name it .html",
        "请用 Word 打开并另存为 .docx,或把扩展名改成 .html",
    ),
    ("the document holds macros", "文档含有宏"),
    ("save it as a Word document without macros (.docx)", "请另存为不含宏的 Word 文档(.docx)"),
    ("divide it into several documents", "请分成几个文档"),
    (
        "a document embedded in it was left out; copy its text into the document",
        "嵌入的文档已略去;请把其中的文字复制到正文",
    ),
    ("a chart or diagram in it cannot be shown; it was left out", "有图表无法显示,已略去"),
    (
        "a picture in it is a Windows drawing, which browsers do not show; save it as PNG",
        "有一张图是 Windows 图元文件,浏览器不能显示;请存为 PNG",
    ),
    (
        "a picture is linked to a file on the writer's computer; insert it into the document",
        "有一张图链接到作者电脑上的文件;请把它插入文档",
    ),
    ("it is a document in plain XML, not a Word document (.docx)", "这是纯 XML 文档,不是 Word 文档(.docx)"),
    (
        "it is an OpenDocument or e-book, not a Word document (.docx)",
        "这是 OpenDocument 文档或电子书,不是 Word 文档(.docx)",
    ),
    ("the package holds no document", "文件包里没有文档"),
    ("copy its text into a Word document", "请把文字复制到 Word 文档里"),
    ("take the formatting away, or divide it into several documents", "请去掉格式,或分成几个文档"),
    ("one of its paragraphs is longer than a MiB", "有一段文字超过 1 MiB"),
    ("take tables and boxes within others apart", "请把套在一起的表格和文本框拆开"),
    ("it has more than {} paragraphs and cells", "段落和单元格超过 {} 个"),
    ("its text changes its look more than {} times", "文字格式变化超过 {} 次"),
    ("its text and marks take more than {} MiB", "文字和标记超过 {} MiB"),
    // Web pages and Markdown.
    ("close the elements that were left open", "请补上没有结束的标签"),
    (
        "elements are left open, nested more than {} deep, or full of attributes",
        "标签没有结束、嵌套超过 {} 层,或属性过多",
    ),
    ("the HTML in it leaves too many elements open", "其中的 HTML 有太多标签没有结束"),
    ("quotations or lists are nested more than {} deep", "引文或列表嵌套超过 {} 层"),
    ("take the surplus `>` and `-` marks away", "请删去多余的“>”和“-”"),
    ("its marks make it more than {} times as long as HTML", "标记过多,转成 HTML 会长到 {} 倍以上"),
    ("take the repeated marks away", "请删去重复的标记"),
    ("it cannot be read: {}", "无法读取:{}"),
    ("{} may be any of {} articles: {}", "{} 可能指 {} 篇稿件中的任何一篇:{}"),
    // Newspaper pages.
    (
        "nothing on the page is signed or reported; all of it was kept in one article",
        "版面上没有署名或电头,全部合为一篇",
    ),
    ("all of it looks like folio lines; it was kept as one article", "全文都像报头报眉,合为一篇"),
    (
        "the heads on lines {} to {} have no byline; they were read as the beginning of an article of their own",
        "第 {} 至 {} 行的标题没有署名,按另一篇稿件处理",
    ),
    (
        "the heads on lines {} to {} begin a piece that somebody else signs; it may have begun further up",
        "第 {} 至 {} 行的标题之下另有人署名;该稿也可能从更前面开始",
    ),
    (
        "the heads on lines {} to {} have no byline; they were kept with the article above as its subheadings",
        "第 {} 至 {} 行的标题没有署名,作为上文的小标题",
    ),
    (
        "the heads on lines {} to {} are too many for one headline; they were kept apart from the article below",
        "第 {} 至 {} 行的标题过多,没有并入下面的稿件",
    ),
    (
        "the heads on lines {} to {} have no text below them; they were kept with the article above",
        "第 {} 至 {} 行的标题下面没有正文,并入上文",
    ),
    (
        "lines {} to {} come after a signature and has no headline; it was kept with the article above",
        "第 {} 至 {} 行在署名之后又没有标题,并入上文",
    ),
    (
        "line {} comes after a signature and has no headline; it was kept with the article above",
        "第 {} 行在署名之后又没有标题,并入上文",
    ),
    (
        "the heads on lines {} to {} stand over a section that the people of the article above sign again; it was kept with that article",
        "第 {} 至 {} 行的标题下的文字又由上文作者署名,仍并入上文",
    ),
    (
        "the people on line {} stand over a headline that nobody else signs; they were read as its authors",
        "第 {} 行的署名在一个无人署名的标题之上,视为该稿作者",
    ),
    (
        "the forecast on line {} has no headline; it was kept with the article above",
        "第 {} 行是没有标题的天气预报,并入上文",
    ),
    ("the last headline has no text below it", "最后一个标题下面没有正文"),
    (
        "the article on lines {} to {} is printed on two pages; this is one part of it",
        "第 {} 至 {} 行的稿件跨版刊登,这里只是其中一部分",
    ),
    (
        "the text has more lines than a newspaper; it was kept as one article, line by line",
        "文字行数超过一份报纸,逐行合为一篇",
    ),
    // Pictures and sounds that cannot be cleaned, sections' own files, and the words that sentences quote.
    ("it is damaged: it ends in the middle", "文件已损坏:中途断了"),
    ("it is damaged: its parts do not fit together", "文件已损坏:各部分对不上"),
    ("it is damaged: there is no picture in it", "文件已损坏:里面没有图片"),
    ("it is damaged: there is no sound in it", "文件已损坏:里面没有声音"),
    ("it is damaged: neither sound nor picture can be found in it", "文件已损坏:里面找不到声音或图像"),
    ("it is damaged: it does not begin as a PNG does", "文件已损坏:开头不是 PNG"),
    ("it has too many parts", "文件的组成部分过多"),
    ("its head is compressed, so that nobody can look into it", "文件头经过压缩,无法检查"),
    ("it holds words that cannot be taken out", "里面的文字信息无法去除"),
    ("it holds measurements that cannot be taken out", "里面的测量数据(如行车轨迹)无法去除"),
    ("moving pictures of this kind cannot be cleaned; save it as MP4 or WebP", "这种动图无法清理,请另存为 MP4 或 WebP"),
    ("its animation holds more than pictures", "动图里除图像外另有内容"),
    ("it is too long", "文件过大"),
    ("it holds a stream that is not known here", "含有这里不认识的音视频流"),
    ("its comments are too long", "文件里的说明信息过长"),
    ("it is a drawing of more than 8 MiB; save it in a simpler form", "SVG 图超过 8 MiB,请简化后另存"),
    ("it is a drawing that is not UTF-8", "SVG 图不是 UTF-8 编码"),
    ("it is a drawing that cannot be read; save it as plain SVG", "SVG 图无法读取,请另存为普通 SVG"),
    ("it is a drawing that declares entities; save it as plain SVG", "SVG 图自定了实体,请另存为普通 SVG"),
    ("{} is no picture; it was left out", "{} 不是图片,已略去"),
    ("{} is not published ({}); it was left out", "{} 未发布({}),已略去"),
    ("{} takes too long to be looked at; it was left out", "查看 {} 耗时过长,已略去"),
    ("{} has {} bytes, more than the {} of a section's picture", "{} 有 {} 字节,超过栏目图片的上限 {} 字节"),
    (
        "the cover {} has {} by {} pixels; podcast apps take a square of {} to {}",
        "封面 {} 为 {}×{} 像素;播客应用要求 {} 至 {} 像素的正方形",
    ),
    ("the cover {} is neither JPEG nor PNG, as podcast apps want it", "封面 {} 不是播客应用要求的 JPEG 或 PNG"),
    ("it has {} bytes", "文件有 {} 字节"),
    (
        "the keys are title, description, language, image, encoding, entries, window, max_entries and full_text, in [defaults] author, tags, language and source, and in [podcast] image, author, owner, email, category, explicit and type",
        "可用的键有 title、description、language、image、encoding、entries、window、max_entries、full_text;[defaults] 里有 author、tags、language、source;[podcast] 里有 image、author、owner、email、category、explicit、type",
    ),
    (
        "a podcast needs an image: a square JPEG or PNG of 1400 to 3000 pixels, a file or a web address",
        "播客要有封面(image):1400 至 3000 像素的正方形 JPEG 或 PNG,文件或网址均可",
    ),
    ("podcast must be a table: write {}", "podcast 应写成 {}"),
    ("{} is a table: write [{}] on a line of its own", "{} 是一组设置:请另起一行写 [{}]"),
    ("{} must be a table: write [{}] on a line of its own", "{} 应为一组设置:请另起一行写 [{}]"),
    (
        "entries ({}) is more than max_entries ({}): raise one or lower the other",
        "entries({})大于 max_entries({}),请调整其一",
    ),
    ("unknown key \"{}\" {}; it belongs {}", "不认识{1}的键“{0}”,它应当写在{2}"),
    ("unknown key \"{}\" {}; did you mean the table [{}]?", "不认识{1}的键“{0}”,是否指 [{2}]?"),
    ("unknown key \"{}\" {}; the nearest key is \"{}\" {}", "不认识{1}的键“{0}”,最接近的是{3}的“{2}”"),
    ("unknown key \"{}\" {}; the nearest key is \"{}\"", "不认识{1}的键“{0}”,最接近的是“{2}”"),
    ("unknown key \"{}\" {}", "不认识{1}的键“{0}”"),
    ("at the top of the file, before any [table]", "文件开头(任何 [表] 之前)"),
    ("in {}", "{} 里"),
    ("{} must be text in quotes, not {}", "{} 应为加引号的文字,而不是{}"),
    ("{} must not be empty: every feed has a title", "{} 不能空着:每个订阅源都有标题"),
    ("{} must be one line", "{} 只能写一行"),
    (
        "{} must be a web address that begins with http:// or https://, not {}",
        "{} 应为以 http:// 或 https:// 开头的网址,而不是 {}",
    ),
    ("{} must not hold a user name or password: everybody will read it", "{} 里不能有用户名或密码:人人都会看到"),
    ("{} must be a language tag such as \"en\" or \"zh-CN\", not {}", "{} 应为 \"zh-CN\" 之类的语言代码,而不是 {}"),
    (
        "{} must be one of Apple's categories such as \"News/Daily News\", not {} ({}?)",
        "{} 应为苹果播客的分类,如 \"News/Daily News\",而不是 {}(是否 {}?)",
    ),
    ("{} must be a mail address, not {}", "{} 应为邮箱地址,而不是 {}"),
    ("{} must be true or false (without quotes), not {}", "{} 应为 true 或 false(不加引号),而不是{}"),
    (
        "{} must be a time with its unit in quotes, such as \"10s\" or \"1h30m\", not {}",
        "{} 应为带单位并加引号的时间,如 \"10s\" 或 \"1h30m\",而不是{}",
    ),
    (
        "{} must be a time such as \"500ms\", \"10s\", \"5m\", \"1h30m\" or \"2d\", not {}",
        "{} 应为 \"10s\"、\"5m\"、\"1h30m\" 或 \"2d\" 之类的时间,而不是 {}",
    ),
    ("{} must be a whole number (without quotes), not {}", "{} 应为整数(不加引号),而不是{}"),
    ("{} must be between {} and {}, not {}", "{} 应在 {} 与 {} 之间,而不是 {}"),
    ("{} must be between {} and {}", "{} 应在 {} 与 {} 之间"),
    (
        "{} must be \"auto\" or an encoding such as \"gb18030\", \"big5\" or \"windows-1252\", not {}",
        "{} 应为 \"auto\" 或 \"gb18030\"、\"big5\" 之类的编码名,而不是 {}",
    ),
    ("{} must be a text or a list of texts, not {}", "{} 应为文字或文字列表,而不是{}"),
    ("{} must be {}, not {}", "{} 应为 {},而不是 {}"),
    (
        "{} is the name of several time zones; write the offset instead, as +08:00",
        "{} 可指几个时区;请改写时差,如 +08:00",
    ),
    ("it can be two days; write year, month and day in this order", "可以理解成两个日期;请按年、月、日的顺序写"),
    (
        "save the file as UTF-8, or state its encoding in the configuration (`intake.encoding`)",
        "请另存为 UTF-8,或请管理员在配置里写明编码(`intake.encoding`)",
    ),
    ("a ZIP archive (or a Word document, which is one)", "ZIP 压缩包(或 Word 文档)"),
    ("an old Word document", "旧式 Word 文档"),
    ("rich text (RTF)", "RTF 文档"),
    ("a binary property list", "二进制属性列表"),
    ("the file ends within a character ({})", "文件在一个字的中间断了({})"),
    ("a byte that is no character in {}", "有字节不是 {} 编码的文字"),
    ("something follows the object", "JSON 对象之后还有内容"),
    ("there is no JSON object", "没有 JSON 对象"),
    ("it has more than {} values, or lists within lists more than {} deep", "其中的值超过 {} 个,或列表嵌套超过 {} 层"),
    ("there are no fields of the form `name: value`", "没有“名称: 值”形式的字段"),
    ("a text, a list or fields", "文字、列表或一组字段"),
    ("a name, a list of names, or fields with a `name`", "姓名、姓名列表,或含 `name` 的字段"),
    ("full, trailer or bonus", "full、trailer 或 bonus"),
    ("true or false", "true 或 false"),
    ("one line of text", "一行文字"),
    ("a text or a list of texts", "文字或文字列表"),
    ("a date", "日期"),
    ("nothing", "空的"),
    ("a list", "列表"),
    ("a table of fields", "一组字段"),
    (
        "the sidecar's title, authors, summary and the like are for one article, and the file holds several; it may name each under `items`",
        "说明文件里的标题、作者、摘要等只适用于一篇稿件,而该文件有多篇;请在 `items` 下分别写明",
    ),
    ("a page has fewer", "一个版面没有这么多"),
    ("an item names no headline", "有一项没有写标题"),
    ("{} does not count beside {}", "已有 {1},{0} 不起作用"),
    ("the caption {} cannot be read: {}", "图片说明 {} 无法读取:{}"),
    ("it is a fragment, the <{}> of an item without the item itself", "这只是一条稿件中的 <{}> 部分,没有稿件本身"),
    ("{} describes an event; it is published as an article", "{} 描述的是活动,按稿件发布"),
    ("it describes an event, and is no article", "这是活动条目,不是稿件"),
    ("it describes a concept, and is no article", "这是概念条目,不是稿件"),
    ("the XML is broken: <{}> is closed by </{}>", "XML 有误:<{}> 用 </{}> 结束"),
    (
        "the XML uses &{}; which only another file could explain, and no other file is read",
        "XML 用了 &{};,要靠别的文件才能解释,而这里不读别的文件",
    ),
    ("the XML is broken: the prefix {}: is declared nowhere", "XML 有误:前缀 {}: 没有声明"),
    ("the XML is broken: the attribute {} is stated twice", "XML 有误:属性 {} 写了两次"),
    ("the XML is broken: {}", "XML 有误:{}"),
    ("an encoded attachment of the item was left out", "稿件里一个编码的附件已略去"),
    ("the item states no guid; its next version will not be known for one", "稿件没有 guid,无法认出它的下一版"),
    ("the file ends before its JSON does", "JSON 还没结束,文件就断了"),
    ("the JSON is broken: {}", "JSON 有误:{}"),
    ("ask its sender for it again, or mend it there", "请重新索取,或在源头改正"),
    ("it has more values than any news item", "数据项过多,不像一条新闻"),
    ("there are more than 500 pictures in it; the rest were left out", "图片超过 500 张,其余已略去"),
    (
        "open it in Word, WPS or LibreOffice, choose File > Save As and the type Word document (.docx), and drop that",
        "请用 Word、WPS 或 LibreOffice 打开,选“文件—另存为”,类型选 Word 文档(.docx),再把它放进来",
    ),
    ("it is {}, not a Word document", "这是 {},不是 Word 文档"),
    (
        "a sign of a symbol font in it has no character of its own; it was left out",
        "有一个符号字体的符号没有对应的字符,已略去",
    ),
    ("{} nests elements more than {} deep", "{} 的元素嵌套超过 {} 层"),
    ("it refers to an entity that it does not define", "用到了没有定义的实体"),
    ("it holds a document type, which packages may not", "含有文档类型声明,文件包里不允许"),
    ("it ends in the middle", "中途断了"),
    ("there is nothing in it", "里面什么也没有"),
    ("{} in the Word file cannot be read: {}", "Word 文件中的 {} 无法读取:{}"),
    ("{} in the Word file is not UTF-8 (at its byte {})", "Word 文件中的 {} 不是 UTF-8(第 {} 字节)"),
    ("a part of the package inflates to more than {} times its size", "文件包的一部分解压后超过原来的 {} 倍"),
    ("the section {} is more than {} deep", "栏目 {} 超过 {} 层"),
    ("{} is not there", "{} 不在"),
    (
        "nobody knows which of {} articles it belongs to; the N-th picture of a page is named with -N behind the page's name",
        "不知属于 {} 篇稿件中的哪一篇;版面的第 N 张图请在版面文件名后加 -N",
    ),
    ("a PDF", "PDF 文档"),
    ("a PNG picture", "PNG 图片"),
    ("a JPEG picture", "JPEG 图片"),
    ("a GIF picture", "GIF 图片"),
    ("a gzip archive", "gzip 压缩包"),
    ("a spreadsheet", "电子表格"),
    ("a presentation", "演示文稿"),
    ("a drawing", "绘图"),
    ("text", "文字"),
    ("a number", "数字"),
    ("a table", "一组设置"),
];

/// A sentence in Chinese, if it is listed.
pub(super) fn of(sentence: &str) -> Option<String> {
    SENTENCES.iter().find_map(|(english, chinese)| {
        let quoted = quoted(english, sentence)?;
        // `{} was left out: {}` ends in another sentence of ours, and others quote words of ours.
        let last = quoted.len().wrapping_sub(1);
        let inner: Vec<Cow<'_, str>> = quoted
            .iter()
            .enumerate()
            .map(|(at, words)| match at == last && english.ends_with(": {}") {
                true => of(words).map_or(Cow::Borrowed(*words), Cow::Owned),
                false if words.starts_with("in [") => of(words).map_or(Cow::Borrowed(*words), Cow::Owned),
                false => Cow::Borrowed(word(words).unwrap_or(words)),
            })
            .collect();
        Some(filled(chinese, &inner))
    })
}

/// Words that quote nothing themselves in Chinese.
fn word(words: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(english, _)| *english == words).map(|(_, chinese)| *chinese)
}

/// What a sentence has in the places of a template, if it is one of its kind.
fn quoted<'s>(template: &str, sentence: &'s str) -> Option<Vec<&'s str>> {
    let mut parts = template.split("{}");
    let mut rest = sentence.strip_prefix(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    let mut quoted = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        // The last goes to the end: what is quoted may hold the same words.
        let end = if at + 1 == parts.len() { rest.strip_suffix(part)?.len() } else { rest.find(part)? };
        quoted.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(quoted)
}

/// The template with what is quoted in its places: `{}` in order, or `{1}` by number.
fn filled(template: &str, quoted: &[Cow<'_, str>]) -> String {
    let mut text = String::new();
    let mut next = quoted.iter();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        text.push_str(&rest[..open]);
        let value = match rest[open + 1..close].parse::<usize>() {
            Ok(number) => quoted.get(number),
            Err(_) => next.next(),
        };
        text.push_str(value.map(AsRef::as_ref).unwrap_or_default());
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    text
}
