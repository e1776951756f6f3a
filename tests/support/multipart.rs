//! The import page's form.

use super::{Answer, Browser};
use reqwest::{
    Method,
    multipart::{Form, Part},
};

/// Posts the form with these fields and, if given, a file.
pub async fn read(browser: &mut Browser, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    read_at(browser, "/jobs/import/read", fields, file).await
}

/// The same to the form of another page.
pub async fn read_at(
    browser: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let mut form = Form::new();
    for (name, value) in fields {
        form = form.text((*name).to_owned(), (*value).to_owned());
    }
    if let Some((name, bytes)) = file {
        form = form.part("file", Part::bytes(bytes.to_vec()).file_name(name.to_owned()));
    }
    let request = browser.own(Method::POST, path).header("accept", "text/html").multipart(form);
    browser.send(request).await
}

/// The same, and the id of the import it leads to.
pub async fn read_id(browser: &mut Browser, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> String {
    let to = read(browser, fields, file).await.redirect();
    to.strip_prefix("/jobs/import?read=").unwrap_or_else(|| panic!("{to}")).to_owned()
}
