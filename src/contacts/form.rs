//! The fields of a contact, as they are typed.

use super::Contact;
use crate::ui::*;
use leptos::prelude::*;

/// Who it is and how to reach them; `company` stands in a new one.
#[component]
pub fn Fields(contact: Option<Contact>, company: String, errors: FieldErrors) -> impl IntoView {
    let text = |of: fn(&Contact) -> &String| contact.as_ref().map(|own| of(own).clone()).unwrap_or_default();
    let link = contact.as_ref().and_then(|own| own.link.clone()).unwrap_or_default();
    let company = contact.as_ref().map_or(company, |own| own.company.clone());
    view! {
        <Field name="name" id="ct-name" label="Name" value=text(|own| &own.name) required=true maxlength=200 autocomplete="off" errors/>
        <div class="fields">
            <Field name="role" id="ct-role" label="Role" value=text(|own| &own.role) maxlength=200 autocomplete="off" errors/>
            <Field name="company" id="ct-company" label="Company" value=company maxlength=200 autocomplete="off" errors/>
        </div>
        <div class="fields">
            <Field name="email" id="ct-email" label="E-mail" kind="email" inputmode="email" value=text(|own| &own.email) maxlength=254 autocomplete="off" errors/>
            <Field name="phone" id="ct-phone" label="Phone" kind="tel" inputmode="tel" value=text(|own| &own.phone) maxlength=50 autocomplete="off" errors/>
        </div>
        <Field name="link" id="ct-link" label="Link" kind="url" inputmode="url" value=link maxlength=2_000 placeholder="https://…" errors/>
        <TextArea
            name="notes" id="ct-notes" label="Notes" value=text(|own| &own.notes) rows=3 maxlength=20_000
            help="**bold**, *italic*, # heading, - list, [words](https://…)" errors
        />
    }
}
