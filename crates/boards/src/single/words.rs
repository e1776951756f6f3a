//! The words that pages and people put around a posting, in English, German, French and Spanish. All folded.

use crate::Finder;
use crate::feeds::role;
use crate::text::{Phrases, folded};
use std::sync::LazyLock;

/// What stands between a title and its company.
pub const AT: [&str; 7] = [" at ", " @ ", " bei der ", " bei ", " chez ", " hos ", " presso "];
/// What stands between a title or a company and its place.
pub const IN: [&str; 6] = [" in ", " à ", " a ", " en ", " im ", " based in "];
/// What stands between a company and the title it looks for.
pub const HIRING: [&str; 22] = [
    " is hiring ",
    " are hiring ",
    " is looking for ",
    " are looking for ",
    " is seeking ",
    " seeks ",
    " hiring ",
    " is recruiting ",
    " sucht ab sofort ",
    " sucht zum nächstmöglichen zeitpunkt ",
    " sucht ",
    " sucht: ",
    " stellt ein: ",
    " recrute ",
    " recherche ",
    " embauche ",
    " busca ",
    " busca: ",
    " contrata ",
    " selecciona ",
    " está buscando ",
    " incorpora ",
];
/// What stands before a title and belongs to no title.
pub const BEFORE: [&str; 33] = [
    "job application for ",
    "apply for ",
    "apply to ",
    "job opening: ",
    "job: ",
    "vacancy: ",
    "now hiring: ",
    "we're hiring: ",
    "we are hiring: ",
    "hiring: ",
    "position: ",
    "stellenangebot: ",
    "stellenangebot ",
    "stellenanzeige: ",
    "stellenanzeige ",
    "stelle als ",
    "job als ",
    "wir suchen: ",
    "wir suchen ",
    "offre d'emploi : ",
    "offre d'emploi: ",
    "offre d'emploi - ",
    "offre d'emploi ",
    "offre de stage ",
    "recrutement : ",
    "poste : ",
    "oferta de empleo: ",
    "oferta de empleo ",
    "oferta de trabajo: ",
    "oferta de trabajo ",
    "empleo de ",
    "se busca ",
    "buscamos ",
];
/// What stands before a title and is part of the sentence: `a`, `eine`, `un(e)`.
pub const ARTICLES: [&str; 21] = [
    "for an ",
    "for a ",
    "for ",
    "an ",
    "a ",
    "eine/n ",
    "eine:n ",
    "eine*n ",
    "einen ",
    "eine ",
    "ein ",
    "un(e) ",
    "un/e ",
    "un·e ",
    "une ",
    "un ",
    "una ",
    "un/una ",
    "our ",
    "our next ",
    "den ",
];

/// Headings and parts of titles that name no posting and no company.
const EMPTY: [&str; 66] = [
    "careers",
    "career",
    "jobs",
    "job",
    "job details",
    "job description",
    "job posting",
    "job openings",
    "open positions",
    "open roles",
    "vacancies",
    "vacancy",
    "join us",
    "join our team",
    "work with us",
    "apply",
    "apply now",
    "apply here",
    "home",
    "current openings",
    "opportunities",
    "job search",
    "job board",
    "about us",
    "the role",
    "about the role",
    "hiring",
    "we're hiring",
    "we are hiring",
    "karriere",
    "stellenangebote",
    "stellenangebot",
    "stellenanzeige",
    "stellenmarkt",
    "jobbörse",
    "jetzt bewerben",
    "offene stellen",
    "bewerben",
    "startseite",
    "wir suchen dich",
    "emploi",
    "emplois",
    "offres d'emploi",
    "offre d'emploi",
    "carrières",
    "carrière",
    "recrutement",
    "postuler",
    "rejoignez-nous",
    "nous rejoindre",
    "accueil",
    "empleo",
    "empleos",
    "oferta de empleo",
    "ofertas de empleo",
    "trabaja con nosotros",
    "únete",
    "inicio",
    "carreras",
    "bolsa de empleo",
    "full-time",
    "part-time",
    "vollzeit",
    "teilzeit",
    "cdi",
    "cdd",
];

/// Boards and networks, by the names they put into titles: the company is somebody else.
const SITES: [&str; 42] = [
    "linkedin",
    "indeed",
    "glassdoor",
    "stepstone",
    "stepstone.de",
    "monster",
    "xing",
    "welcome to the jungle",
    "apec",
    "hellowork",
    "infojobs",
    "tecnoempleo",
    "greenhouse",
    "lever",
    "ashby",
    "workday",
    "workable",
    "smartrecruiters",
    "recruitee",
    "personio",
    "bamboohr",
    "teamtailor",
    "jobvite",
    "icims",
    "ziprecruiter",
    "dice",
    "wellfound",
    "angellist",
    "otta",
    "remotive",
    "arbeitnow",
    "remote ok",
    "remoteok",
    "jobicy",
    "himalayas",
    "adzuna",
    "usajobs",
    "we work remotely",
    "the muse",
    "hacker news",
    "france travail",
    "facebook",
];

static ROLES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "bäcker; bäckerin; köchin; koch; verkäufer; verkäuferin; pfleger; pflegefachkraft; krankenschwester; ingenieurin; berater; beraterin; \
     sachbearbeiter; sachbearbeiterin; buchhalter; buchhalterin; fahrer; fahrerin; lehrer; lehrerin; werkstudent; werkstudentin; praktikant; praktikantin; praktikum; \
     auszubildende; ausbildung; mechaniker; mechatroniker; elektriker; entwicklerin; projektleiter; projektleiterin; geschäftsführer; \
     développeur; développeuse; ingénieur; ingénieure; boulanger; boulangère; cuisinier; cuisinière; vendeur; vendeuse; infirmier; infirmière; comptable; \
     responsable; chef de projet; directeur; directrice; assistante; technicien; technicienne; chargé; chargée; conseiller; conseillère; stagiaire; alternance; \
     desarrollador; desarrolladora; programador; programadora; ingeniero; ingeniera; panadero; panadera; cocinero; cocinera; vendedor; vendedora; enfermero; enfermera; \
     contable; jefe de; jefa de; técnico; técnica; administrativo; administrativa; comercial; analista; diseñador; diseñadora; becario; prácticas; miller; clerk; \
     cashier; receptionist; electrician; mechanic; plumber; carpenter; pharmacist; physician; therapist; attorney; lawyer; paralegal; tutor; professor; \
     (m/f/d); (f/m/d); (w/m/d); (m/w/x); (m/w/div); (d/m/w); (h/f); (f/h); h/f; f/h; (m/f); (gn); (all genders); (m/w); m/w/d",
    )
});

/// Does this name a role, in any of the languages? By the words of titles, or as one the taxonomy knows.
pub fn is_role(text: &str, finder: &Finder) -> bool {
    role::is_role(text) || ROLES.any(&folded(text)) || finder.taxonomy().find_role(text).is_some()
}

/// Is it one of the words that pages put around everything?
pub fn is_empty(text: &str) -> bool {
    let text = folded(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.is_empty() || EMPTY.contains(&text)
}

/// Is it the name of a board?
pub fn is_site(text: &str) -> bool {
    let text = folded(text);
    let name = text.trim_end_matches(" jobs").trim_end_matches(" careers");
    let name = [".com", ".de", ".fr", ".es", ".co.uk", ".org", ".net"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    SITES.contains(&name)
}

/// The name of a company as pages write it beside its career page: `Careers at Acme`, `Acme Careers`, `Jobs bei Acme`.
pub fn company(text: &str) -> Option<String> {
    let text = crate::row::tidy_label(text);
    let lower = text.to_ascii_lowercase();
    let mut inner = text.as_str();
    for start in [
        "careers at ",
        "jobs at ",
        "jobs bei ",
        "karriere bei ",
        "working at ",
        "work at ",
        "join ",
        "emplois chez ",
        "empleo en ",
    ] {
        if lower.starts_with(start) {
            inner = &text[start.len()..];
        }
    }
    for end in [" careers", " career", " jobs", " karriere", " recrutement", " empleo", " job board", " careers page"] {
        let cut = inner.len().saturating_sub(end.len());
        if inner.is_char_boundary(cut) && inner[cut..].eq_ignore_ascii_case(end) {
            inner = &inner[..cut];
        }
    }
    let inner = inner.trim().trim_end_matches(['.', ',', '!', ':', ';']).trim();
    let words = inner.split_whitespace().count();
    let fits = (1..=8).contains(&words) && inner.chars().count() <= 80 && inner.chars().any(char::is_alphanumeric);
    (fits && !is_empty(inner) && !is_site(inner)).then(|| inner.to_owned())
}
