//! What site generators and Obsidian read in a Markdown text beside Markdown: what readers get to see of it.

use super::agency::draft;

const HEAD: &str = "---\ntitle: T\n---\n";

/// The body of a text under a head.
fn body(text: &str) -> String {
    draft("a.md", &format!("{HEAD}{text}")).body.trim().to_owned()
}

#[test]
fn shortcodes_show_what_they_mean_or_nothing() {
    for (text, expected) in [
        (
            "{{< figure src=\"a.jpg\" alt=\"A ferry\" caption=\"The *Nora*\" attr=\"Photo: Lee Ong\" >}}",
            "<figure><img src=\"a.jpg\" alt=\"A ferry\"><figcaption>The Nora Photo: Lee Ong</figcaption></figure>",
        ),
        (
            "{{< figure\n  src=\"a.jpg\"\n  title=\"Quay\" >}}",
            "<figure><img src=\"a.jpg\" alt=\"\"><figcaption>Quay</figcaption></figure>",
        ),
        (
            "{{ resize_image(path=\"a.jpg\", width=600, alt=\"A ferry\") }}",
            "<figure><img src=\"a.jpg\" alt=\"A ferry\"></figure>",
        ),
        ("A {{ name(of=1) }}.", "<p>A {{ name(of=1) }}.</p>"),
        (
            "{{< youtube w7Ft2ymGmfc >}}",
            "<p><a href=\"https://www.youtube.com/watch?v=w7Ft2ymGmfc\">https://www.youtube.com/watch?v=w7Ft2ymGmfc</a></p>",
        ),
        ("{{% notice note %}}\nWords *stay*.\n{{% /notice %}}", "<p>Words <em>stay</em>.</p>"),
        ("{{< toc >}}\n\nText {{< icon star >}}here.", "<p>Text here.</p>"),
        ("See `{{< ref \"x\" >}}` here.", "<p>See <code>{{&lt; ref &quot;x&quot; &gt;}}</code> here.</p>"),
        ("```\n{{< ref >}}\n{: .x}\n```", "<pre><code>{{&lt; ref &gt;}}\n{: .x}\n</code></pre>"),
        ("A {{ variable }} and {{ an open one.", "<p>A {{ variable }} and {{ an open one.</p>"),
        ("{{< figure src=\"javascript:x\" >}}\n\nText", "<p>Text</p>"),
        ("## Title {#anchor .class}\n\nText", "<h2>Title</h2>\n<p>Text</p>"),
    ] {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn tags_and_attribute_lists_of_jekyll_are_not_published() {
    for (text, expected) in [
        ("* TOC\n{:toc}\n\nText.\n{: .lead}", "<p>Text.</p>"),
        ("[a](https://x.example){:target=\"_blank\"} b", "<p><a href=\"https://x.example\">a</a> b</p>"),
        (
            "![a]({{ site.baseurl }}/a.png) ![b]({{ \"/b.png\" | relative_url }})",
            "<p><img src=\"/a.png\" alt=\"a\" /> <img src=\"/b.png\" alt=\"b\" /></p>",
        ),
        ("{% comment %}\nsecret\n{% endcomment %}\nText", "<p>Text</p>"),
        (
            "{% highlight ruby %}\nputs 1\n{% endhighlight %}",
            "<pre><code class=\"language-ruby\">puts 1\n</code></pre>",
        ),
        (
            "{% include figure.html src=\"/a.jpg\" caption=\"A dam\" %}",
            "<figure><img src=\"/a.jpg\" alt=\"\"><figcaption>A dam</figcaption></figure>",
        ),
        ("{% raw %}Text{% endraw %}", "<p>Text</p>"),
        ("import Box from '../Box.astro';\n\nText", "<p>Text</p>"),
    ] {
        assert_eq!(body(text), expected, "{text}");
    }
    // A text without a head is no generator's, and braces are braces.
    let plain = draft("a.md", "Write {% x %} and {: y}.\n\nimport duties from \"abroad\"\n");
    assert!(plain.body.contains("{% x %} and {: y}") && plain.body.contains("import duties"), "{}", plain.body);
}

#[test]
fn wikilinks_are_words_and_callouts_quotations() {
    for (text, expected) in [
        ("We met [[Mary Ellis]] at [[People/County Archive|the archive]].", "<p>We met Mary Ellis at the archive.</p>"),
        ("See [[Ledger 1887#Page 12]] and [[#Below]].", "<p>See Ledger 1887 &gt; Page 12 and Below.</p>"),
        (
            "![[mill.png|300]] ![[dam.jpg|The dam]]",
            "<p><img src=\"mill.png\" alt=\"\" /> <img src=\"dam.jpg\" alt=\"The dam\" /></p>",
        ),
        ("If `[[x]]` and [[y]] here.", "<p>If <code>[[x]]</code> and y here.</p>"),
        ("If [[ -f y ]] here.", "<p>If [[ -f y ]] here.</p>"),
        ("As said[[1]](https://x.example).", "<p>As said<a href=\"https://x.example\">[1]</a>.</p>"),
        ("==Marked== words. ^a1b2c3", "<p><mark>Marked</mark> words.</p>"),
        ("> [!quote]\n> It was all there.", "<blockquote>\n<p>It was all there.</p>\n</blockquote>"),
        (
            "> [!info]- Hours\n> From nine.",
            "<blockquote>\n<p><strong>Hours</strong><br />\nFrom nine.</p>\n</blockquote>",
        ),
    ] {
        assert_eq!(draft("a.md", &format!("# T\n\n{text}\n")).body.trim(), expected, "{text}");
    }
}

#[test]
fn a_picture_with_its_caption_is_a_figure() {
    for (text, expected) in [
        (
            "![Bus](a.jpg)\n*The first **bus**. Photo: T. Mole*",
            "<figure><img src=\"a.jpg\" alt=\"Bus\" /><figcaption>The first <strong>bus</strong>. Photo: T. Mole</figcaption></figure>",
        ),
        (
            "![Quay](a.jpg \"The quay at night\")",
            "<figure><img src=\"a.jpg\" alt=\"Quay\" title=\"The quay at night\" /><figcaption>The quay at night</figcaption></figure>",
        ),
        ("![Quay](a.jpg)", "<p><img src=\"a.jpg\" alt=\"Quay\" /></p>"),
        ("Words ![Quay](a.jpg)\n*more*", "<p>Words <img src=\"a.jpg\" alt=\"Quay\" />\n<em>more</em></p>"),
    ] {
        assert_eq!(draft("a.md", &format!("# T\n\n{text}\n")).body.trim(), expected, "{text}");
    }
}

#[test]
fn braces_without_end_come_to_an_end() {
    for piece in ["{{", "{% x ", "{{< ", "`{", "{{ | ", "[[", "> [!", "``a`", ":::a\n", "){", "^[", "a^2^", "~"] {
        let text = format!("{HEAD}{}\n}}}}\n", piece.repeat(100_000));
        // Refused for its marks, or whole; above all it ends.
        if let Ok(parsed) = super::agency::read("a.md", &text) {
            assert!(!parsed.drafts[0].body.is_empty(), "{piece}");
        }
    }
}

#[test]
fn the_title_block_of_pandoc_is_a_head() {
    let text = "% Two rivers,\n  one bridge\n% Ana Kos\n  Ivo Mak; Eva Rus\n% 2026-06-09\n\nIt was opened.\n";
    let read = draft("a.md", text);
    assert_eq!(read.headline.as_deref(), Some("Two rivers, one bridge"));
    assert_eq!(super::agency::names(&read), ["Ana Kos", "Ivo Mak", "Eva Rus"]);
    assert_eq!(read.date.unwrap(), syndicated::article::When::Day("2026-06-09".parse().unwrap()));
    assert_eq!(read.body.trim(), "<p>It was opened.</p>");
    assert_eq!(draft("a.md", "% The price of salt\n\nIt rose.\n").headline.as_deref(), Some("The price of salt"));
    for text in
        ["% change on the year before:\n\n3 in May.\n", "% of all\nvoters stayed at home.\n", "%matplotlib\n\nText.\n"]
    {
        let body = draft("a.md", text).body;
        assert!(body.contains(text.split('\n').next().unwrap()), "{body}");
    }
}

#[test]
fn what_pandoc_and_others_mark_is_shown_without_the_marks() {
    for (text, expected) in [
        ("m^2^ and H~2~O, x^n-1^", "<p>m<sup>2</sup> and H<sub>2</sub>O, x<sup>n-1</sup></p>"),
        ("2^10 and 3^4, a ^_^ and 5^ and ^7.", "<p>2^10 and 3^4, a ^_^ and 5^ and ^7.</p>"),
        ("上午9~11时，下午2~5时，10~15岁和20~25岁。", "<p>上午9~11时，下午2~5时，10~15岁和20~25岁。</p>"),
        ("~old~ ~~older~~ words, ~3 to ~4.", "<p><del>old</del> <del>older</del> words, ~3 to ~4.</p>"),
        (
            "Pan\n:   A house.\n\nCote\n\n:   A hut.",
            "<dl><dt>Pan</dt><dd>A house.</dd><dt>Cote</dt><dd><p>A hut.</p></dd></dl>",
        ),
        (
            "::: tip\nA.\n:::\n\n::: warning Closed\nB.\n:::\n\n:::note[Heads up]\nC.\n:::\n\n::: {.x #y}\nD.\n:::",
            "<p>A.</p><p><strong>Closed</strong><br />B.</p><p><strong>Heads up</strong><br />C.</p><p>D.</p>",
        ),
        (":::\n\nText ::: here.", "<p>:::</p><p>Text ::: here.</p>"),
        ("```\n::: tip\n[TOC]\n```\n\n[TOC]\n\nText.", "<pre><code>::: tip\n[TOC]\n</code></pre><p>Text.</p>"),
        (
            "![Mill](a.png){#fig-1 width=60%} and `x`{=html}",
            "<p><img src=\"a.png\" alt=\"Mill\" /> and <code>x</code></p>",
        ),
        ("f(x){ return } and (a){b}", "<p>f(x){ return } and (a){b}</p>"),
    ] {
        let shown = body(text).replace(">\n<", "><").replace("<br />\n", "<br />");
        assert_eq!(shown.replace("<dd>\n", "<dd>"), expected, "{text}");
    }
    let noted = body("Salt.^[It was *dear*.]");
    assert!(noted.contains("<em>dear</em>") && noted.contains("footnote"), "{noted}");
    assert_eq!(body("Salt^[1]^ and pans^2^"), "<p>Salt<sup>[1]</sup> and pans<sup>2</sup></p>");
}
