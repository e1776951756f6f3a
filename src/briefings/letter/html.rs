//! The HTML part: one column, readable on a phone, in the light and in the dark. Styles stand on the elements, because many mailboxes
//! know nothing else; the head adds the dark ones for those that do. Nothing is fetched from anywhere.

use super::{Frame, unlinked};
use crate::{
    briefings::sheet::{Figures, Row, Section, Sheet},
    mail::html::escaped,
};

/// The colours of the site, by the class that changes them in the dark.
const DARK: &str = "\
.paper{background:#171412 !important}\
.sheet{background:#1f1c19 !important;border-color:#37332f !important}\
.ink{color:#e9e6e0 !important}\
.muted{color:#aca79f !important}\
.link{color:#7bd1de !important}\
.line{border-color:#37332f !important}\
.mark{background:#17373f !important;color:#7bd1de !important}";

const FONT: &str =
    "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif";
const TABLE: &str = "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";
const INK: &str = "color:#29231d";
const MUTED: &str = "color:#625b53";
const LINE: &str = "1px solid #ddd8d1";

pub fn write(subject: &str, sheet: &Sheet, frame: &Frame<'_>) -> String {
    let mut body = String::new();
    for part in &sheet.sections {
        body += &section(part, frame);
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{subject}</title>\n<style>\n\
         :root{{color-scheme:light dark;supported-color-schemes:light dark}}\n\
         @media (max-width:480px){{.pad{{padding-left:20px !important;padding-right:20px !important}}}}\n\
         @media (prefers-color-scheme:dark){{{DARK}}}\n</style>\n</head>\n\
         <body class=\"paper\" style=\"margin:0;padding:0;background:#f8f5f1\">\n\
         <table {TABLE} class=\"paper\" style=\"background:#f8f5f1\"><tr><td align=\"center\" style=\"padding:24px 12px\">\n\
         <table {TABLE} class=\"sheet\" style=\"max-width:600px;background:#fefdfb;border:{LINE};border-radius:9px;text-align:left;{FONT}\">\n\
         <tr><td class=\"pad\" style=\"padding:28px 32px 8px\">\n\
         <p class=\"muted\" style=\"margin:0 0 4px;font-size:14px;line-height:20px;{MUTED}\">{name}</p>\n\
         <h1 class=\"ink\" style=\"margin:0 0 12px;font-size:22px;line-height:28px;font-weight:600;{INK}\">{title}</h1>\n\
         <p class=\"ink\" style=\"margin:0;font-size:16px;line-height:24px;{INK}\">{lead}</p>\n\
         </td></tr>\n{body}\
         <tr><td class=\"pad\" style=\"padding:24px 32px 28px\">\n{foot}</td></tr>\n\
         </table>\n</td></tr></table>\n</body>\n</html>\n",
        subject = escaped(subject),
        name = escaped(&sheet.name),
        title = escaped(&sheet.title),
        lead = escaped(&sheet.lead),
        foot = foot(frame),
    )
}

fn foot(frame: &Frame<'_>) -> String {
    format!(
        "<p class=\"muted line\" style=\"margin:0;padding-top:16px;border-top:{LINE};font-size:13px;line-height:20px;{MUTED}\">{why}<br>\n\
         {all}<br>\n{no_more}<br>\n{us}</p>\n",
        why = escaped(&frame.why()),
        all = link(&frame.address("/briefings"), "Your briefings, and which of them are mailed"),
        no_more = link(&frame.unsubscribe(), "No more of these"),
        us = link(frame.site, "Career Co-Pilot"),
    )
}

fn section(section: &Section, frame: &Frame<'_>) -> String {
    let mut inner = format!(
        "<h2 class=\"ink\" style=\"margin:0;font-size:17px;line-height:24px;font-weight:600;{INK}\">{}</h2>\n",
        escaped(&section.title)
    );
    if !section.note.is_empty() {
        inner += &format!(
            "<p class=\"muted\" style=\"margin:2px 0 0;font-size:14px;line-height:20px;{MUTED}\">{}</p>\n",
            escaped(&section.note)
        );
    }
    if !section.rows.is_empty() {
        let timed = section.rows.iter().any(|row| !row.at.is_empty());
        let rows: String = section.rows.iter().enumerate().map(|(n, each)| row(each, timed, n, frame)).collect();
        inner += &format!("<table {TABLE} style=\"margin-top:4px\">\n{rows}</table>\n");
    }
    if let Some(of) = &section.figures {
        inner += &figures(of, frame);
    }
    if let Some(more) = &section.more {
        let link = link(&frame.address(&more.path), &more.words);
        inner += &format!("<p style=\"margin:8px 0 0;font-size:15px;line-height:22px\">{link}</p>\n");
    }
    format!("<tr><td class=\"pad\" style=\"padding:24px 32px 0\">\n{inner}</td></tr>\n")
}

/// One thing of a list; all but the first have a line above them.
fn row(row: &Row, timed: bool, n: usize, frame: &Frame<'_>) -> String {
    let line = if n == 0 { String::new() } else { format!("border-top:{LINE};") };
    let below = if row.reasons.is_empty() { 10 } else { 0 };
    let cell = format!("class=\"line\" valign=\"top\" style=\"{line}padding:10px 0 {below}px");
    let at = if timed {
        format!(
            "<td {cell};width:64px;font-size:15px;line-height:22px\"><span class=\"muted\" style=\"{MUTED}\">{}</span></td>",
            escaped(&row.at)
        )
    } else {
        String::new()
    };
    let mut main = format!(
        "<span style=\"font-size:16px;line-height:22px;font-weight:600\">{}</span>",
        link(&frame.address(&row.path), &row.title)
    );
    if !row.about.is_empty() {
        main += &format!(
            "<br>\n<span class=\"ink\" style=\"font-size:15px;line-height:22px;{INK}\">{}</span>",
            escaped(&unlinked(&row.about))
        );
    }
    let mark = if row.mark.is_empty() {
        String::new()
    } else {
        format!(
            "<td {cell};padding-left:12px;text-align:right;white-space:nowrap\"><span class=\"mark\" style=\"display:inline-block;padding:0 8px;\
             border-radius:11px;font-size:13px;line-height:22px;background:#d8eef3;color:#005d72\">{}</span></td>",
            escaped(&row.mark)
        )
    };
    format!("<tr>{at}<td {cell};word-break:break-word\">{main}</td>{mark}</tr>\n{}", reasons(row, timed))
}

/// Why it is here, under the whole row.
fn reasons(row: &Row, timed: bool) -> String {
    if row.reasons.is_empty() {
        return String::new();
    }
    let (before, wide) = (if timed { "<td></td>" } else { "" }, if row.mark.is_empty() { 1 } else { 2 });
    let lines: Vec<String> = row.reasons.iter().map(|reason| escaped(&unlinked(reason))).collect();
    format!(
        "<tr>{before}<td colspan=\"{wide}\" class=\"muted\" style=\"padding-bottom:10px;font-size:14px;line-height:21px;word-break:break-word;{MUTED}\">{}</td></tr>\n",
        lines.join("<br>\n")
    )
}

fn figures(figures: &Figures, frame: &Frame<'_>) -> String {
    let number =
        "text-align:right;white-space:nowrap;width:64px;padding:8px 0 8px 16px;font-size:15px;line-height:22px";
    let heads: String = figures
        .heads
        .iter()
        .map(|head| {
            format!(
                "<th class=\"muted\" scope=\"col\" style=\"{number};font-size:13px;font-weight:400;{MUTED}\">{}</th>",
                escaped(head)
            )
        })
        .collect();
    let rows: String = figures
        .rows
        .iter()
        .map(|row| {
            let values: String = row
                .values
                .iter()
                .enumerate()
                .map(|(n, value)| {
                    let (class, look) = if n == 0 { ("ink", INK) } else { ("muted", MUTED) };
                    format!("<td class=\"{class} line\" style=\"border-top:{LINE};{number};{look}\">{}</td>", escaped(value))
                })
                .collect();
            format!(
                "<tr><th class=\"line\" scope=\"row\" style=\"border-top:{LINE};padding:8px 0;text-align:left;font-size:15px;line-height:22px;\
                 font-weight:400;word-break:break-word\">{}</th>{values}</tr>\n",
                link(&frame.address(&row.path), &row.name)
            )
        })
        .collect();
    format!(
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n<tr><td></td>{heads}</tr>\n{rows}</table>\n"
    )
}

fn link(address: &str, words: &str) -> String {
    format!(
        "<a class=\"link\" href=\"{}\" style=\"color:#005d72;text-decoration:none\">{}</a>",
        escaped(address),
        escaped(&unlinked(words))
    )
}
