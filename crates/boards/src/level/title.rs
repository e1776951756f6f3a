use crate::text::{folded, has_phrase};
use posting::Level;

/// Titles longer than this are cut before they are looked at.
const TITLE_BYTES: usize = 400;

/// The level that the title alone names.
pub fn of_title(title: &str) -> Option<Level> {
    let folded = folded(&title[..title.floor_char_boundary(TITLE_BYTES)]);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let title = Title { folded: &folded, words: &words };
    if title.is_entry() {
        return Some(Level::Entry);
    }
    if title.is_executive() {
        return Some(Level::Executive);
    }
    if title.is_lead() {
        return Some(Level::Lead);
    }
    let (mid, senior) = (title.is_mid(), title.is_senior());
    if mid {
        return Some(Level::Mid);
    }
    if senior {
        return Some(Level::Senior);
    }
    title.numbered().or_else(|| title.graded())
}

struct Title<'a> {
    folded: &'a str,
    words: &'a [&'a str],
}

impl Title<'_> {
    fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// One of the words of a list such as `junior; trainee`.
    fn any(&self, words: &str) -> bool {
        words.split("; ").any(|word| self.has(word))
    }

    /// One of the phrases of a list.
    fn says(&self, phrases: &str) -> bool {
        phrases.split("; ").any(|phrase| has_phrase(self.folded, phrase))
    }

    /// A word directly before another one: `staff engineer`.
    fn before(&self, word: &str, next: &[&str]) -> bool {
        self.words.windows(2).any(|two| two[0] == word && next.contains(&two[1]))
    }

    fn is_entry(&self) -> bool {
        let about_others = self.says(
            "junior high; graduate school; graduate program manager; graduate recruiter; graduate \
                 recruitment; internship program; internship programs; intern program; student success; student \
                 loan; student loans; student services; student affairs; student support; student recruitment; \
                 student life; student housing; student advisor; trainee program manager",
        );
        !about_others
            && (self.any(
                "intern; internship; interns; trainee; apprentice; apprenticeship; junior; jr; praktikant; \
                 praktikantin; praktikum; pflichtpraktikum; werkstudent; werkstudentin; azubi; ausbildung; \
                 auszubildende; auszubildender; volontär; volontariat; berufseinsteiger; quereinsteiger; \
                 stagiaire; stage; alternance; alternant; becario; tirocinio; graduate; fresher; newgrad; \
                 co-op; student",
            ) || self.says(
                "entry level; entry-level; new grad; early career; working student; co-op; work experience \
                 placement",
            ) || self.before(
                "associate",
                &[
                    "engineer",
                    "software",
                    "developer",
                    "designer",
                    "analyst",
                    "consultant",
                    "programmer",
                    "researcher",
                    "data",
                ],
            ))
            && !(self.has("stage")
                && self.says(
                    "late stage; early stage; growth stage; stage manager; stage technician; late-stage; \
                 early-stage",
                ))
    }

    fn is_executive(&self) -> bool {
        let chief = self.has("chief") && !self.says("chief of staff; chief engineer; chief architect; chief of party");
        let to_the_top = self.says(
            "assistant to the; office of the; executive assistant to; to the ceo; to ceo; to the vp; to the \
                 president",
        );
        let director = self.any("director; direktor; directeur; directrice")
            && !self.says(
                "associate director; assistant director; art director; creative director; deputy director; \
                 funeral director; director of photography; director's assistant",
            );
        let head = self.says("head of; global head; leiter vertrieb")
            || (self.words.first() == Some(&"head")
                && !self.any("chef; coach; waiter; teacher; nurse; cashier; baker; gardener"));
        !to_the_top
            && (chief
                || director
                || head
                || self.is_an_officer()
                || self.any("vp; svp; evp; avp; geschäftsführer; geschäftsführerin; vorstand")
                || (self.says("vice president; vice-president"))
                || (self.has("president") && !self.has("vice"))
                || self.says("general manager; managing director; managing partner; executive director"))
    }

    /// `CTO`, `Interim CFO`, `Co-Founder & CEO`; behind another role the letters name a department or a boss.
    fn is_an_officer(&self) -> bool {
        let letters = ["ceo", "cto", "cfo", "coo", "cmo", "cio", "ciso", "cpo", "cro", "chro", "cdo"];
        let leads_in = [
            "founder",
            "co",
            "cofounder",
            "interim",
            "fractional",
            "acting",
            "deputy",
            "group",
            "regional",
            "and",
            "part",
            "time",
        ];
        self.words
            .iter()
            .position(|word| letters.contains(word))
            .is_some_and(|at| self.words[..at].iter().all(|word| leads_in.contains(word) || letters.contains(word)))
    }

    fn is_lead(&self) -> bool {
        const CRAFT: &[&str] = &[
            "engineer",
            "engineers",
            "engineering",
            "developer",
            "software",
            "backend",
            "frontend",
            "full",
            "fullstack",
            "data",
            "machine",
            "ml",
            "ai",
            "scientist",
            "designer",
            "product",
            "research",
            "researcher",
            "security",
            "site",
            "platform",
            "infrastructure",
            "devops",
            "mobile",
            "ios",
            "android",
            "technical",
            "applied",
            "ux",
            "systems",
            "cloud",
            "network",
            "embedded",
            "firmware",
        ];
        let lead = self.any(
            "lead; leader; leads; teamleiter; teamleiterin; teamleitung; teamlead; leiter; leiterin; \
                 leitung",
        ) && !self.says(
            "lead generation; lead gen; lead qualification; lead management; lead nurturing; leads \
                 generation",
        );
        let staff = self.before("staff", CRAFT)
            || self.says("member of technical staff") && self.any("senior; principal")
            || self.words.last() == Some(&"staff") && self.any("engineer; developer; designer; scientist");
        lead || staff
            || self.any("principal; distinguished; supervisor; foreman; superintendent")
                && !self.says("to principal; school principal assistant")
            || self.before("fellow", &["engineer"])
            || self.says(
                "associate director; assistant director; deputy director; creative director; art director; \
                 chief of staff; chief engineer; chief architect; senior manager; sr. manager; sr manager; \
                 group manager; engineering manager; manager of; team manager; manager, engineering; \
                 development manager, ; manager, software; group product manager; store manager; branch \
                 manager; regional manager; area manager; shift manager; restaurant manager; plant manager; \
                 site manager; department manager; nurse manager; head chef; head coach; head nurse; it \
                 manager; design manager; data science manager; analytics manager; research manager; people \
                 manager",
            )
            || (self.words.first() == Some(&"manager") && self.folded.starts_with("manager,"))
    }

    fn is_mid(&self) -> bool {
        self.any("midlevel; midweight; intermediate; medior")
            || self.says(
                "mid level; mid-level; mid/senior; mid to senior; mid-senior; mid-to-senior; mid-weight; (mid); \
                 mid / senior",
            )
            || self.before(
                "mid",
                &["engineer", "developer", "designer", "backend", "frontend", "software", "data", "product", "analyst"],
            )
    }

    fn is_senior(&self) -> bool {
        let about_others = self.says(
            "senior living; senior care; senior home; senior services; senior citizens; senior housing; \
                 senior center",
        );
        !about_others && self.any("senior; sr; snr; sênior; expert; experienced")
    }

    /// `Engineer I`, `Analyst 2`, `Developer III`.
    fn numbered(&self) -> Option<Level> {
        const ROLES: &[&str] = &[
            "engineer",
            "developer",
            "analyst",
            "designer",
            "scientist",
            "specialist",
            "technician",
            "accountant",
            "administrator",
            "manager",
            "associate",
            "representative",
            "coordinator",
            "consultant",
            "architect",
            "programmer",
            "assistant",
            "nurse",
            "writer",
            "researcher",
            "operator",
            "buyer",
            "planner",
            "clerk",
            "recruiter",
            "officer",
            "machinist",
            "mechanic",
            "sde",
            "swe",
            "l",
            "level",
        ];
        self.words.windows(2).find_map(|two| {
            if !ROLES.contains(&two[0]) {
                return None;
            }
            match two[1] {
                "i" | "1" => Some(Level::Entry),
                "ii" | "2" => Some(Level::Mid),
                "iii" | "3" => Some(Level::Senior),
                "iv" | "4" | "v" | "5" => Some(Level::Lead),
                _ => None,
            }
        })
    }

    /// The grades of the US federal pay scale: `GS-2210-13`, `GS-12`. Steps as the Office of Personnel Management names
    /// them: 5–8 trainee and entry, 9–12 full performance, 13–14 senior, 15 the top below the Senior Executive Service.
    fn graded(&self) -> Option<Level> {
        let at = self.words.iter().position(|word| *word == "gs")?;
        let number = |i: usize| self.words.get(at + i).and_then(|word| word.parse::<u32>().ok());
        let grade = [number(2), number(1)].into_iter().flatten().find(|grade| (1..=15).contains(grade))?;
        Some(match grade {
            1..=8 => Level::Entry,
            9..=12 => Level::Mid,
            13..=14 => Level::Senior,
            _ => Level::Lead,
        })
    }
}
