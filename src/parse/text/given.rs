//! The names that many people are called by, in the languages of Europe: where a line of two words is one of them, it names a person,
//! and no place, no kind of piece and nothing to be clicked on.

/// In lower case, in order.
#[rustfmt::skip]
const GIVEN: [&str; 399] = [
    "aaron", "adam", "adrian", "agnes", "ahmed", "alan", "albert", "alberto", "alejandro", "alessandro", "alex",
    "alexander", "alexandra", "ali", "alice", "alicia", "alison", "amanda", "amelie", "ana", "anders", "andrea", "andreas",
    "andrew", "andrzej", "angela", "anita", "ann", "anna", "anne", "annette", "anthony", "antoine", "antonio", "arthur",
    "astrid", "ayşe", "barbara", "beata", "ben", "benjamin", "bernard", "bernd", "bob", "brian", "bruno", "camille",
    "carl", "carla", "carlos", "carmen", "carol", "caroline", "catherine", "charles", "charlotte", "chiara", "chris",
    "christian", "christina", "christine", "christoph", "christopher", "claire", "clara", "claudia", "claus", "colin",
    "craig", "cécile", "dan", "daniel", "daniela", "dave", "david", "deborah", "denis", "diana", "diego", "dieter",
    "dimitri", "donald", "dorothy", "edward", "elena", "elisabeth", "elizabeth", "ellen", "emily", "emma", "emmanuel",
    "eric", "erik", "eva", "fatma", "felix", "fernando", "filip", "florian", "francesca", "francesco", "francisco",
    "frank", "franz", "françois", "françoise", "fred", "gabriel", "gareth", "gary", "geoffrey", "georg", "george",
    "gerald", "gerard", "gianni", "gilles", "giovanni", "giulia", "giuseppe", "gordon", "graham", "greg", "gregory", "guy",
    "günter", "hannah", "hans", "harald", "harry", "heather", "heidi", "heike", "helen", "helena", "helmut", "henrik",
    "henry", "hugh", "ian", "ibrahim", "ida", "ines", "ingrid", "irene", "isabel", "isabelle", "ivan", "jack", "jacob",
    "jakob", "jakub", "james", "jan", "jana", "jane", "janet", "jason", "javier", "jean", "jennifer", "jens", "jeremy",
    "jerzy", "jessica", "jill", "jim", "jiří", "joan", "joanna", "joe", "joel", "johan", "johann", "johanna", "john",
    "jonas", "jonathan", "jorge", "josef", "joseph", "josé", "joão", "juan", "judith", "julia", "julian", "julie",
    "jürgen", "karel", "karen", "karin", "karl", "kate", "katharina", "katherine", "kathleen", "katrin", "kenneth",
    "kevin", "klaus", "krzysztof", "lars", "laura", "lauren", "laurent", "leo", "leon", "lisa", "louis", "louise", "luca",
    "lucas", "lucia", "lucy", "luis", "luise", "lukas", "magdalena", "manuel", "marcel", "marco", "marek", "margaret",
    "maria", "marie", "mario", "marion", "mark", "marko", "markus", "marta", "martha", "martin", "mary", "maría", "matteo",
    "matthew", "matthias", "maurice", "max", "mehmet", "michael", "michel", "michele", "michelle", "miguel", "mike",
    "mohamed", "mohammed", "monica", "monika", "muhammad", "mustafa", "natalia", "natalie", "nathalie", "neil", "nicholas",
    "nick", "nicola", "nicolas", "niels", "nigel", "nina", "oliver", "olivier", "oscar", "otto", "pablo", "paola", "paolo",
    "patricia", "patrick", "paul", "paula", "paulo", "pavel", "pedro", "peter", "petr", "petra", "philip", "philippe",
    "pierre", "piotr", "rachel", "rafael", "ralf", "raymond", "rebecca", "richard", "robert", "roberto", "roger", "roland",
    "rosa", "ruth", "ryan", "sabine", "sam", "samuel", "sandra", "sara", "sarah", "sean", "sebastian", "sergio", "silvia",
    "simon", "sofia", "sofie", "sophie", "stefan", "stefanie", "stephanie", "stephen", "steve", "steven", "sue", "susan",
    "susanne", "sven", "sylvia", "teresa", "theresa", "thomas", "tim", "timothy", "tom", "tomasz", "tomás", "tony",
    "ulrich", "ursula", "uwe", "valerie", "vera", "veronica", "victor", "victoria", "vincent", "walter", "werner",
    "william", "wolfgang", "yannick", "yusuf", "zoe", "åsa", "élodie", "émilie", "éric", "łukasz", "γιάννης", "γιώργος",
    "δημήτρης", "ελένη", "κατερίνα", "κώστας", "μαρία", "νίκος", "александр", "александра", "алексей", "анастасия",
    "андрей", "анна", "антон", "виктор", "виктория", "владимир", "дарья", "дмитрий", "евгений", "екатерина", "елена",
    "иван", "игорь", "илья", "ирина", "константин", "ксения", "марина", "мария", "михаил", "надежда", "наталья", "никита",
    "николай", "олег", "ольга", "павел", "роман", "светлана", "сергей", "татьяна", "юлия", "юрий",
];

/// Whether a name begins with one of them: `Anna-Lena Köhler`.
pub(super) fn begins(name: &str) -> bool {
    let first = name.split([' ', '-']).next().unwrap_or_default().to_lowercase();
    GIVEN.binary_search(&first.as_str()).is_ok()
}
