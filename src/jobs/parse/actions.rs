//! Reading what a person gave, and holding it against what they have.

use super::{Parsed, Sure, Twin, Whence, input::Input, reading};
use crate::{
    error::{Error, Result},
    flash,
    ids::JobId,
    jobs::{
        actions::prepare,
        draft::JobDraft,
        scoring::{self, Facts},
        store,
    },
    session::Who,
    state::App,
};
use boards::single::{self, Found};

/// Text that came with a link is read in the page's stead when it is at least this long, in bytes.
const ENOUGH: usize = 200;
/// Selected text that the bookmarklet takes along, in characters.
const SELECTED: usize = 2_000;

/// Reads what one field of the page holds. A form posted without script gets its page back with what was found.
pub async fn for_page(app: &App, who: &Who, what: &str, title: &str, text: &str) -> Result<Parsed> {
    let parsed = parse(app, who, Input::of(what, title, text)?, "what").await?;
    flash::show_once(&serde_json::to_string(&parsed)?);
    Ok(parsed)
}

/// Reads it; what a person wants read is counted before it is. Errors are sentences for `field`.
pub async fn parse(app: &App, who: &Who, input: Input, field: &str) -> Result<Parsed> {
    match &input {
        Input::Link { .. } => app.limits.heavy(who.user)?,
        Input::Text(_) => app.limits.file(who.user)?,
    }
    let (found, given_title, note) = match input {
        Input::Text(text) => (reading::text(app, text, field).await?, String::new(), String::new()),
        Input::Link { link, title, text } => match reading::link(app, &link, field).await {
            Ok(found) => (found, title, String::new()),
            // What was taken along is better than nothing.
            Err(Error::Invalid(said)) if text.len() >= ENOUGH => {
                let all = [title.as_str(), &text, &link].join("\n\n");
                let note = said.into_values().next().unwrap_or_default();
                let note = ["The page could not be read, so the text that came with it was. ", &note].concat();
                (reading::text(app, all, field).await?, title, note)
            }
            Err(error) => return Err(error),
        },
    };
    judged(app, who, parsed(found, &given_title, note)).await
}

fn parsed(found: Found, title: &str, note: String) -> Parsed {
    let missing = found.missing().into_iter().map(str::to_owned).collect();
    let from = found.from.iter().map(|(field, from)| ((*field).to_owned(), whence(from))).collect();
    let mut parsed = Parsed { job: found.posting, from, missing, twins: Vec::new(), fit: None, note };
    if parsed.job.title.is_empty() && !title.is_empty() {
        parsed.job.title = title.chars().take(boards::limits::LABEL_CHARS).collect();
        parsed.missing.retain(|field| field != "title");
        parsed.from.insert("title".into(), Whence { origin: "what came with the link".into(), sure: Sure::Guess });
    }
    parsed
}

fn whence(from: &single::From) -> Whence {
    let sure = match from.sure {
        single::Sure::Certain => Sure::Certain,
        single::Sure::Likely => Sure::Likely,
        single::Sure::Guess => Sure::Guess,
    };
    Whence { origin: from.origin.to_string(), sure }
}

/// With how it fits the person, and the jobs of theirs that it repeats.
async fn judged(app: &App, who: &Who, mut parsed: Parsed) -> Result<Parsed> {
    let fitter = scoring::fitter(app, who.user).await?;
    let draft = JobDraft::from(parsed.job.clone());
    let (to_prepare, for_score) = (app.clone(), fitter.clone());
    let (new, fit) = tokio::task::spawn_blocking(move || {
        let new = prepare(&to_prepare, for_score.as_deref(), JobId::fresh(), draft);
        let facts = Facts {
            location: &new.draft.location,
            remote: new.draft.remote,
            level: new.draft.experience_level,
            asks: &new.asks,
        };
        let fit = for_score.as_ref().map(|fitter| fitter.fit(&facts));
        (new, fit)
    })
    .await
    .map_err(Error::internal)?;
    parsed.fit = fit;
    // Without a name it would be the same as every other one without.
    let named = !parsed.job.title.is_empty() && !parsed.job.company.is_empty();
    let same = named.then_some(new.same_key.as_str());
    for (job_id, company, title, by_link) in store::like(&app.db, who.user, new.link_key.as_deref(), same).await? {
        let what = if by_link { "the same link" } else { "the same company, title and place" };
        parsed.twins.push(Twin { job_id, title, company, reason: format!("It has {what} as a job you have.") });
    }
    Ok(parsed)
}

/// The bookmarklet: opens the page that adds a job, with the address, the title and the selected text of the page one looks at.
pub fn bookmarklet(public_url: &str) -> String {
    // The address is ours, and may still hold no quote.
    let to = public_url.trim_end_matches('/').replace(['\'', '"', '\\', '<', '>'], "");
    format!(
        "javascript:(()=>{{const e=encodeURIComponent,s=String(getSelection()).trim().slice(0,{SELECTED});\
         open('{to}/jobs/add?url='+e(location.href)+'&title='+e(document.title.slice(0,300))+(s?'&text='+e(s):''),'_blank','noopener')}})()"
    )
}

#[cfg(test)]
mod tests {
    use super::bookmarklet;

    #[test]
    fn the_bookmarklet_opens_our_own_page() {
        let code = bookmarklet("https://jobs.example.org/");
        assert!(code.starts_with("javascript:(()=>{") && code.ends_with("})()"), "{code}");
        assert!(
            code.contains("open('https://jobs.example.org/jobs/add?url='+e(location.href)") && !code.contains('"'),
            "{code}"
        );
    }
}
