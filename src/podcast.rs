//! What a section says of itself to podcast apps: who speaks, of what, and for whom (podcasters.apple.com, "Podcast RSS feed
//! requirements"; Podcast Standards Project, PSP-1).

/// Apple's categories (podcasters.apple.com/support/1691) with those below them.
const CATEGORIES: [(&str, &[&str]); 19] = [
    ("Arts", &["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"]),
    ("Business", &["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    ("Health & Fitness", &["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"]),
    ("History", &[]),
    ("Kids & Family", &["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"]),
    (
        "Leisure",
        &["Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games"],
    ),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    ("Society & Culture", &["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"]),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("Technology", &[]),
    ("True Crime", &[]),
    ("TV & Film", &["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"]),
];

/// Between these the sides of a cover lie, and of an episode's picture, which are square; in pixels.
pub const COVER_SIDES: std::ops::RangeInclusive<u32> = 1400..=3000;

/// What podcast apps want to know of a section.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Podcast {
    /// Who makes it; empty: the publication.
    pub author: String,
    /// The person to write to about the feed; not shown to listeners.
    pub owner: String,
    /// That person's address.
    pub email: String,
    /// Its cover: a web address, or the document path of one that is published here. Square, 1400 to 3000 pixels.
    pub image: String,
    /// Of what it is.
    pub category: Category,
    /// Whether it is fit for adults only.
    pub explicit: bool,
    /// Whether its episodes are to be heard in order; else the newest comes first.
    pub serial: bool,
}

/// One of Apple's categories, with one of those below it where stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// `News`.
    pub name: &'static str,
    /// `Daily News`.
    pub below: Option<&'static str>,
}

impl Default for Category {
    fn default() -> Self {
        Self { name: "News", below: None }
    }
}

impl Category {
    /// The category a person wrote as `News` or `News/Daily News`, or `Daily News` alone; none if there is none of that name.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let is = |name: &str, written: &str| name.eq_ignore_ascii_case(written.trim());
        if let Some((above, name)) = text.split_once('/') {
            let (above, names) = CATEGORIES.iter().find(|(known, _)| is(known, above))?;
            let below = names.iter().find(|known| is(known, name))?;
            return Some(Self { name: above, below: Some(below) });
        }
        let whole = CATEGORIES.iter().find(|(known, _)| is(known, text)).map(|(name, _)| Self { name, below: None });
        whole.or_else(|| {
            CATEGORIES.iter().find_map(|(above, names)| {
                let below = names.iter().find(|known| is(known, text))?;
                Some(Self { name: above, below: Some(below) })
            })
        })
    }

    /// As a person writes it.
    #[must_use]
    pub fn written(&self) -> String {
        self.below.map_or_else(|| self.name.to_owned(), |below| format!("{}/{below}", self.name))
    }

    /// Every category, as a person writes it.
    pub fn all() -> impl Iterator<Item = String> {
        CATEGORIES.iter().flat_map(|(name, names)| {
            std::iter::once((*name).to_owned()).chain(names.iter().map(move |below| format!("{name}/{below}")))
        })
    }
}
