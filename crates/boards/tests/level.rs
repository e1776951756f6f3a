//! Levels told from titles, and from years where the title is silent.

use boards::level::{guess, of_title, stated};
use posting::Level::{self, Entry, Executive, Lead, Mid, Senior};

#[test]
fn titles() {
    let cases: &[(&str, Option<Level>)] = &[
        ("Software Engineer", None),
        ("Baker", None),
        ("Intern, Marketing", Some(Entry)),
        ("Summer 2026 Internship - Data", Some(Entry)),
        ("Junior Developer", Some(Entry)),
        ("Jr. Accountant", Some(Entry)),
        ("Graduate Engineer", Some(Entry)),
        ("New Grad Software Engineer", Some(Entry)),
        ("Entry-Level Analyst", Some(Entry)),
        ("Associate Software Engineer", Some(Entry)),
        ("Software Engineer I", Some(Entry)),
        ("Android Engineer I - Subscriptions", Some(Entry)),
        ("Praktikant Marketing/Event (m/w/d)", Some(Entry)),
        ("Werkstudent Logistik (m/w/d)", Some(Entry)),
        ("Ausbildung zum Bäcker", Some(Entry)),
        ("Internal Auditor", None),
        ("International Sales", None),
        ("Lead Student Loans Writer", Some(Lead)),
        ("Student Brand Manager", Some(Entry)),
        ("Internship Program Manager", None),
        ("Analytics Engineer II", Some(Mid)),
        ("Developer 2", Some(Mid)),
        ("Mid-level Designer", Some(Mid)),
        ("Mid/Senior Backend Engineer", Some(Mid)),
        ("Intermediate Project Accountant", Some(Mid)),
        ("Technical Consultant, Mid-Market", None),
        ("Senior Baker", Some(Senior)),
        ("Sr. Data Scientist", Some(Senior)),
        ("Data Engineer III", Some(Senior)),
        ("Senior Living Nurse", None),
        ("Customer Experience Specialist", None),
        ("Staff Software Engineer, Product", Some(Lead)),
        ("Staff Accountant", None),
        ("Staff Nurse", None),
        ("Principal Product Manager", Some(Lead)),
        ("Senior Principal Data Engineer (Hybrid)", Some(Lead)),
        ("Country Lead, Data Center Security", Some(Lead)),
        ("Lead Generation Specialist", None),
        ("Team Leader Night Shift", Some(Lead)),
        ("Engineering Manager", Some(Lead)),
        ("Manager of ETL Development", Some(Lead)),
        ("Senior Manager, Tax", Some(Lead)),
        ("Chief of Staff", Some(Lead)),
        ("Art Director", Some(Lead)),
        ("Product Manager", None),
        ("Account Manager", None),
        ("Distinguished Technologist", Some(Lead)),
        ("Software Engineer IV", Some(Lead)),
        ("Teamleitung Pflege (m/w/d)", Some(Lead)),
        ("Director, Performance Marketing", Some(Executive)),
        ("(Senior) Product Director, Local Growth", Some(Executive)),
        ("VP of Sales", Some(Executive)),
        ("Vice President, Finance", Some(Executive)),
        ("Head of Marketing & Communications", Some(Executive)),
        ("Chief Technology Officer", Some(Executive)),
        ("CFO", Some(Executive)),
        ("Co-Founder & CTO", Some(Executive)),
        ("Transformation Owner, CRO", None),
        ("Executive Assistant to the CEO", None),
        ("Account Executive, Enterprise", None),
        ("Senior Account Executive", Some(Senior)),
        ("Executive Assistant", None),
        ("Head Chef", Some(Lead)),
        ("IT Specialist, GS-2210-15", Some(Lead)),
        ("Engineer, GS-0801-12", Some(Mid)),
        ("", None),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(title, expected)| of_title(title) != *expected)
        .map(|(title, expected)| format!("{title}: expected {expected:?}, got {:?}", of_title(title)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn years() {
    for (text, expected) in [
        ("Requirements\n\n- 5+ years of experience in baking", Some(Senior)),
        ("- 3-5 years' experience", Some(Mid)),
        ("- 3 to 5 years of relevant experience", Some(Mid)),
        ("At least two years of professional experience.", Some(Mid)),
        ("- 0-1 years of experience", Some(Entry)),
        ("- 10+ yrs experience", Some(Senior)),
        ("- Mindestens 3 Jahre Berufserfahrung", Some(Mid)),
        ("- 2+ years with ovens, 6+ years of experience in kitchens", Some(Senior)),
        ("We have 20 years of experience in bread.", None),
        ("For over 20 years our company has baked with experience.", None),
        ("You must be 18 years of age and have experience.", None),
        ("Nice to have\n\n- 8+ years of experience", None),
        ("Experience is welcome.", None),
        ("", None),
    ] {
        assert_eq!(guess("Baker", text), expected, "{text}");
    }
    assert_eq!(guess("Junior Baker", "- 5+ years of experience"), Some(Entry));
}

#[test]
fn words_of_feeds() {
    for (word, expected) in [
        ("Mid-level", Some(Mid)),
        ("Midweight", Some(Mid)),
        ("Entry-level", Some(Entry)),
        ("Internship", Some(Entry)),
        ("Senior", Some(Senior)),
        ("Manager", Some(Lead)),
        ("Director", Some(Executive)),
        ("Executive", Some(Executive)),
        ("Any", None),
        ("", None),
    ] {
        assert_eq!(stated(word), expected, "{word}");
    }
}
