//! What counts as naming a skill, on a small taxonomy of its own.

use crate::{Taxonomy, read_skills};

const SKILLS: &str = "\
[Languages]
C | | | | exact context
C++ | CPP ; C plus plus
C# | C sharp ; =CSharp
Go | Golang ; Go language | | | exact context
R | RStats ; R programming | | | exact context
Java
JavaScript | JS ; ECMAScript
Python
Rust | | | | exact
Swift | | | | exact
.NET | dotnet ; .NET Core
ASP.NET | | .NET
Objective-C
SQL
[Frameworks]
React | React.js ; ReactJS | JavaScript | | exact
Node.js | Node JS
Spring | Spring Framework ; Spring Boot | Java | | exact context
Chef | | | | exact context
[Office]
Excel | Microsoft Excel ; MS Excel | | | exact
Word | Microsoft Word | | | exact
Access | Microsoft Access | | | exact
Teams | Microsoft Teams | | | exact
[Practice]
Front-end development | front-end
CI/CD | continuous integration
Data structures | | | | 
Machine learning | =ML
Search engine optimization | =SEO
Financial modeling
Research and development | R&D
Budgets
Customer service
API design | =API
HTML | 
Project management | 
Wind turbines
Writing | | | | context
";

fn named(text: &str) -> String {
    let taxonomy = Taxonomy::of(&read_skills(SKILLS), &[]);
    let show = |m: crate::Mention| {
        let (shown, name) = (&text[m.start..m.end], &taxonomy.skill(m.skill).name);
        if shown == name { shown.to_owned() } else { format!("{shown}={name}") }
    };
    taxonomy.skills_in(text).into_iter().map(show).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| named(text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  expected {expected:?}\n  found    {:?}", named(text)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn symbols_tell_languages_apart() {
    all(&[
        ("Python, C, C++ and C#.", "Python, C, C++, C#"),
        ("C/C++ developer", "C, C++"),
        ("C++11/Java", "C++, Java"),
        ("Python+Java", "Python, Java"),
        ("We use c++ and c#", "c++=C++, c#=C#"),
        ("Objective-C or Swift", "Objective-C, Swift"),
        ("C#.NET, ASP.NET and .NET Core", "C#, .NET, ASP.NET, .NET Core=.NET"),
        ("the net result of .net", ".net=.NET"),
        ("see example.net", ""),
        ("CPP, C plus plus", "CPP=C++, C plus plus=C++"),
    ]);
}

#[test]
fn single_letters_need_good_company() {
    all(&[
        ("Experience with R and SQL", "R, SQL"),
        ("R, Python", "R, Python"),
        ("You know R programming.", "R programming=R"),
        ("R&D budget of the C-level, R-squared, A/C, C'mon", "R&D=Research and development"),
        ("Vitamin C, Hepatitis C, Grade C, USB-C", ""),
        ("Reports to John C. Miller in Suite R", ""),
        ("C. Miller wrote this", ""),
        ("Skills: Python (or R)", "Python, R"),
        ("written in C.", "C"),
    ]);
}

#[test]
fn everyday_words_are_no_skills() {
    all(&[
        ("Our go to market plan. Go above and beyond. Go-getters go live.", ""),
        ("Go, Python", "Go, Python"),
        ("backend services in Go", ""),
        ("services written in Go", "Go"),
        ("Golang services", "Golang=Go"),
        ("We hire a Go developer", "Go"),
        ("reactive systems; React to change; you react to users", ""),
        ("React and Node.js", "React, Node.js"),
        ("You excel at writing. Excel in your field. - Excel at sales", ""),
        ("Advanced Excel skills; microsoft excel", "Excel, microsoft excel=Excel"),
        ("Excel 2016, Word 2019", "Excel, Word"),
        ("in the Rust Belt", ""),
        ("Start in Spring 2025 or next spring", ""),
        ("Java, Spring, SQL", "Java, Spring, SQL"),
        ("Access to health care; word of mouth; Word of mouth", ""),
        ("Head Chef for our kitchen", ""),
        ("Teams of five, Microsoft Teams", "Microsoft Teams=Teams"),
        ("mail java@corp.example or see https://corp.example/python/ or python.org", ""),
    ]);
}

#[test]
fn spellings_and_numbers() {
    all(&[
        (
            "JavaScript, Java Script, javascript, Java",
            "JavaScript, Java Script=JavaScript, javascript=JavaScript, Java",
        ),
        ("NodeJS, node.js, Node JS, Node-js", "NodeJS=Node.js, node.js=Node.js, Node JS=Node.js, Node-js=Node.js"),
        (
            "frontend, front end, front-end",
            "frontend=Front-end development, front end=Front-end development, front-end=Front-end development",
        ),
        ("CI/CD, CI-CD, CICD, CI & CD", "CI/CD, CI-CD=CI/CD, CICD=CI/CD"),
        ("search engine optimisation", "search engine optimisation=Search engine optimization"),
        ("financial modelling", "financial modelling=Financial modeling"),
        ("a data structure, wind turbine", "data structure=Data structures, wind turbine=Wind turbines"),
        ("APIs and an api", "APIs=API design"),
        ("HTML5, Python3, SQLs", "HTML5=HTML, Python3=Python, SQLs=SQL"),
        ("research & development", "research & development=Research and development"),
        (
            "machine\nlearning, Machine  Learning",
            "machine\nlearning=Machine learning, Machine  Learning=Machine learning",
        ),
        ("Customer, service. Project\nManagement", ""),
        ("“Python’s” «SQL» — Java…", "Python, SQL, Java"),
        ("PROJECT MANAGEMENT", "PROJECT MANAGEMENT=Project management"),
    ]);
}

#[test]
fn deeds_name_skills() {
    all(&[
        ("You manage projects and write code.", "manage projects=Project management"),
        ("managing our projects", "managing our projects=Project management"),
        ("manage project teams", ""),
        ("build financial models", "financial models=Financial modeling"),
        ("Financial modelled data", ""),
        ("You solder boards", ""),
    ]);
}

#[test]
fn plain_words_in_company() {
    all(&[
        ("We value writing to each other.", ""),
        ("Strong writing; writing skills", "writing=Writing, writing=Writing"),
        ("Python, writing and SQL", "Python, writing=Writing, SQL"),
        ("• Writing\n• a sense of humor", "Writing"),
        ("experience in writing", "writing=Writing"),
    ]);
}

#[test]
fn names_of_firms_and_towns_are_no_skills() {
    all(&[
        ("Sagehen Budgets is a family firm", ""),
        ("Our Java Street office", ""),
        ("OR gate or nothing", ""),
        ("Go would be a plus", "Go"),
    ]);
}
