//! Lines that name what they say: `Company: Acme Mills`, `Arbeitsort`, and on the next line `Köln`.

use crate::text::{self, folded};

/// Longest label and value, in characters: what is longer is prose.
const LABEL: usize = 40;
const VALUE: usize = 200;
/// Lines that are looked through.
const LINES: usize = 2_000;

/// What a label is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Title,
    Company,
    Place,
    Pay,
    Posted,
    Closes,
    Link,
}

const LABELS: [(Label, &[&str]); 7] = [
    (
        Label::Title,
        &[
            "title",
            "job title",
            "position",
            "position title",
            "role",
            "job",
            "jobtitel",
            "stelle",
            "stellenbezeichnung",
            "berufsbezeichnung",
            "poste",
            "intitulé",
            "intitulé du poste",
            "titre du poste",
            "métier",
            "puesto",
            "cargo",
            "título",
            "título del puesto",
            "puesto de trabajo",
            "vacante",
        ],
    ),
    (
        Label::Company,
        &[
            "company",
            "company name",
            "employer",
            "organization",
            "organisation",
            "hiring organization",
            "hiring company",
            "unternehmen",
            "arbeitgeber",
            "firma",
            "entreprise",
            "société",
            "employeur",
            "nom de l'entreprise",
            "empresa",
            "compañía",
            "empleador",
            "nombre de la empresa",
        ],
    ),
    (
        Label::Place,
        &[
            "location",
            "locations",
            "job location",
            "place",
            "place of work",
            "work location",
            "office",
            "office location",
            "city",
            "based in",
            "standort",
            "standorte",
            "arbeitsort",
            "einsatzort",
            "dienstort",
            "ort",
            "lieu",
            "lieu de travail",
            "lieu du poste",
            "localisation",
            "ville",
            "ubicación",
            "lugar",
            "lugar de trabajo",
            "localidad",
            "localización",
            "ciudad",
        ],
    ),
    (
        Label::Pay,
        &[
            "salary",
            "salary range",
            "pay",
            "pay range",
            "compensation",
            "base salary",
            "wage",
            "hourly rate",
            "gehalt",
            "vergütung",
            "gehaltsrahmen",
            "jahresgehalt",
            "bezahlung",
            "entgelt",
            "salaire",
            "rémunération",
            "salario",
            "sueldo",
            "retribución",
            "remuneración",
        ],
    ),
    (
        Label::Posted,
        &[
            "posted",
            "posted on",
            "date posted",
            "posting date",
            "published",
            "published on",
            "veröffentlicht",
            "veröffentlicht am",
            "online seit",
            "publié le",
            "publiée le",
            "date de publication",
            "publicado",
            "publicado el",
            "fecha de publicación",
        ],
    ),
    (
        Label::Closes,
        &[
            "deadline",
            "application deadline",
            "apply by",
            "closing date",
            "closes",
            "closes on",
            "applications close",
            "valid through",
            "bewerbungsfrist",
            "bewerbungsschluss",
            "bewerben bis",
            "frist",
            "date limite",
            "date limite de candidature",
            "clôture des candidatures",
            "postuler avant le",
            "fecha límite",
            "plazo",
            "plazo de solicitud",
            "fecha de cierre",
        ],
    ),
    (Label::Link, &["link", "url", "apply at", "apply here", "posting", "anzeige", "lien", "enlace"]),
];

/// What a label said, and in which line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub label: Label,
    pub value: String,
    pub line: usize,
}

/// Everything that is labelled, in the order of the text.
pub fn all(text: &str) -> Vec<Said> {
    let mut found = Vec::new();
    // A label that stands alone.
    let mut waiting: Option<Label> = None;
    for (at, raw) in text.lines().take(LINES).enumerate() {
        let line = text::line(raw, VALUE + LABEL + 2);
        let line = text::bullet(&line).unwrap_or(&line);
        if line.is_empty() {
            continue;
        }
        let (name, value) = line.split_once([':', '：']).unwrap_or((line, ""));
        let value = value.trim();
        match (of(name), value.is_empty()) {
            (Some(label), false) => {
                waiting = None;
                found.extend(said(label, value, at));
            }
            (Some(label), true) => waiting = Some(label),
            (None, _) => {
                if let Some(label) = waiting.take() {
                    found.extend(said(label, line, at));
                }
            }
        }
    }
    found
}

/// The first line that says this.
pub fn first(all: &[Said], label: Label) -> Option<&Said> {
    all.iter().find(|said| said.label == label)
}

fn said(label: Label, value: &str, at: usize) -> Option<Said> {
    let value = value.trim_matches(['*', '_', ' ']);
    let prose = value.chars().count() > VALUE
        || (matches!(label, Label::Title | Label::Company)
            && value.ends_with('.')
            && value.split_whitespace().count() > 8);
    (!value.is_empty() && !prose).then(|| Said { label, value: value.to_owned(), line: at + 1 })
}

/// What a line is the label of.
pub fn of(line: &str) -> Option<Label> {
    if line.chars().count() > LABEL {
        return None;
    }
    let name = folded(line.trim_matches(['*', '_', '#', ' ', ':', '：']));
    LABELS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(label, _)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_four_languages_are_known() {
        for (text, label, value, line) in [
            ("Company: Acme Mills", Label::Company, "Acme Mills", 1),
            ("x\n\n**Location:** Berlin, Germany", Label::Place, "Berlin, Germany", 3),
            ("- Arbeitsort: Köln", Label::Place, "Köln", 1),
            ("Lieu de travail : Lyon", Label::Place, "Lyon", 1),
            ("Ubicación\n\nMadrid", Label::Place, "Madrid", 3),
            ("FIRMA\nMühle Beispiel GmbH", Label::Company, "Mühle Beispiel GmbH", 2),
            ("Salaire : 40 000 € par an", Label::Pay, "40 000 € par an", 1),
            ("Fecha límite: 2026-04-01", Label::Closes, "2026-04-01", 1),
        ] {
            assert_eq!(all(text), [Said { label, value: value.into(), line }], "{text}");
        }
    }

    #[test]
    fn prose_has_no_labels() {
        for text in [
            "",
            "Our company: we bake bread for everybody in town.",
            "Company",
            "The role: you knead.",
            ":",
            "Location:",
            "Company: We are a family of bakers that has been baking for the town since a hundred years.",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
