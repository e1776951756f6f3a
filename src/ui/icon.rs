//! Line icons on a 24-unit grid; stroke and size come from the style sheet.

use leptos::prelude::*;

/// The drawing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Brand,
    Today,
    Jobs,
    Applications,
    Skills,
    Market,
    Bell,
    Settings,
    User,
    Plus,
    Search,
    Filter,
    Check,
    Close,
    ChevronUp,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    External,
    Edit,
    Trash,
    Undo,
    Refresh,
    Upload,
    Download,
    Paste,
    Place,
    Remote,
    Money,
    Calendar,
    Clock,
    Star,
    ThumbUp,
    ThumbDown,
    Info,
    Warning,
    Moon,
    Sun,
    Auto,
    SignOut,
    Menu,
    More,
    Spinner,
    Company,
    Target,
    Book,
    Document,
    Mail,
    Link,
}

/// One inline drawing. It says nothing to a screen reader: the words beside it do.
#[component]
pub fn Icon(name: Icon, #[prop(optional)] class: &'static str) -> impl IntoView {
    let class = if class.is_empty() { "icon".to_owned() } else { ["icon ", class].concat() };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}

impl Icon {
    /// Every icon, in the order of the gallery.
    pub const ALL: [Icon; 49] = [
        Icon::Brand,
        Icon::Today,
        Icon::Jobs,
        Icon::Applications,
        Icon::Skills,
        Icon::Market,
        Icon::Bell,
        Icon::Settings,
        Icon::User,
        Icon::Plus,
        Icon::Search,
        Icon::Filter,
        Icon::Check,
        Icon::Close,
        Icon::ChevronUp,
        Icon::ChevronDown,
        Icon::ChevronLeft,
        Icon::ChevronRight,
        Icon::External,
        Icon::Edit,
        Icon::Trash,
        Icon::Undo,
        Icon::Refresh,
        Icon::Upload,
        Icon::Download,
        Icon::Paste,
        Icon::Place,
        Icon::Remote,
        Icon::Money,
        Icon::Calendar,
        Icon::Clock,
        Icon::Star,
        Icon::ThumbUp,
        Icon::ThumbDown,
        Icon::Info,
        Icon::Warning,
        Icon::Moon,
        Icon::Sun,
        Icon::Auto,
        Icon::SignOut,
        Icon::Menu,
        Icon::More,
        Icon::Spinner,
        Icon::Company,
        Icon::Target,
        Icon::Book,
        Icon::Document,
        Icon::Mail,
        Icon::Link,
    ];

    /// Path data. Dots are lines of no length: round caps make them visible.
    fn path(self) -> &'static str {
        match self {
            Icon::Brand => "M21 12.5a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM22.5 2L14 19.2l-2.7-6-6-2.7z",
            Icon::Today => "M3.5 17h17M7 17a5 5 0 0 1 10 0M12 5v3M4.8 9.8l2 1.4M19.2 9.8l-2 1.4M8 20.5h8",
            Icon::Jobs => {
                "M5.5 8h13A1.5 1.5 0 0 1 20 9.5V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V9.5A1.5 1.5 0 0 1 5.5 8zM9 \
                 8V6a1.5 1.5 0 0 1 1.5-1.5h3A1.5 1.5 0 0 1 15 6v2M4 13h16M12 12v2"
            }
            Icon::Applications => "M4.5 4.5h4v15h-4zM10 4.5h4V14h-4zM15.5 4.5h4v6h-4z",
            Icon::Skills => "M12 4l8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4",
            Icon::Market => "M4 19.5h16M4.5 15l5-5.5 3.5 3.5L19 6M14.5 6H19v4.5",
            Icon::Bell => "M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10 20.5a2.2 2.2 0 0 0 4 0",
            Icon::Settings => "M4 7h11M19 7h1M15 4.5v5M4 12h1M9 12h11M9 9.5v5M4 17h8M16 17h4M12 14.5v5",
            Icon::User => "M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20a7.5 7.5 0 0 1 15 0",
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3L20 20",
            Icon::Filter => "M4 6.5h16M7 12h10M10 17.5h4",
            Icon::Check => "M5 12.5l4.5 4.5L19 7.5",
            Icon::Close => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Icon::ChevronUp => "M6 14.5l6-6 6 6",
            Icon::ChevronDown => "M6 9.5l6 6 6-6",
            Icon::ChevronLeft => "M14.5 6l-6 6 6 6",
            Icon::ChevronRight => "M9.5 6l6 6-6 6",
            Icon::External => {
                "M13.5 5H19v5.5M19 5l-8 8M17 14v3.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 17.5v-9A1.5 1.5 0 0 1 6.5 7H10"
            }
            Icon::Edit => "M4.5 19.5l1-4.5L15.5 5a2.1 2.1 0 0 1 3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
            Icon::Trash => "M4.5 7h15M9.5 7V4.5h5V7M6 7l1 13h10l1-13M10 11v5M14 11v5",
            Icon::Undo => "M8.5 5l-4 4 4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4",
            Icon::Refresh => "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15",
            Icon::Upload => "M12 15.5V5M7.5 9.5L12 5l4.5 4.5M4.5 16v2A1.5 1.5 0 0 0 6 19.5h12a1.5 1.5 0 0 0 1.5-1.5v-2",
            Icon::Download => {
                "M12 4.5V15M7.5 10.5L12 15l4.5-4.5M4.5 16v2A1.5 1.5 0 0 0 6 19.5h12a1.5 1.5 0 0 0 1.5-1.5v-2"
            }
            Icon::Paste => {
                "M9 5.25H6.5A1.5 1.5 0 0 0 5 6.75V18.5A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5V6.75a1.5 1.5 0 \
                 0 0-1.5-1.5H15M9 3.5h6V7H9zM8.5 11.5h7M8.5 15.5h5"
            }
            Icon::Place => {
                "M12 21s-6.5-5.8-6.5-11a6.5 6.5 0 0 1 13 0c0 5.2-6.5 11-6.5 11zM12 12.25a2.25 2.25 0 1 0 0-4.5 2.25 \
                 2.25 0 0 0 0 4.5z"
            }
            Icon::Remote => {
                "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c4.7 5 4.7 12 0 17M12 3.5c-4.7 \
                 5-4.7 12 0 17"
            }
            Icon::Money => "M3.5 7h17v10h-17zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM6.5 12h.01M17.5 12h.01",
            Icon::Calendar => {
                "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1 \
                 1.5-1.5zM4 10h16M8.5 3.5v4M15.5 3.5v4"
            }
            Icon::Clock => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
            Icon::Star => "M12 4l2.4 5.1 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.8l5.6-.7z",
            Icon::ThumbUp => {
                "M4.5 11h3v9h-3zM7.5 11l3.6-7a2.2 2.2 0 0 1 2.2 2.6L12.8 10h5.4a1.8 1.8 0 0 1 1.8 2.1l-1.1 6.4a1.8 \
                 1.8 0 0 1-1.8 1.5H7.5"
            }
            Icon::ThumbDown => {
                "M4.5 13h3V4h-3zM7.5 13l3.6 7a2.2 2.2 0 0 0 2.2-2.6L12.8 14h5.4a1.8 1.8 0 0 0 1.8-2.1l-1.1-6.4A1.8 \
                 1.8 0 0 0 17.1 4H7.5"
            }
            Icon::Info => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11.5V16M12 8h.01",
            Icon::Warning => "M12 4.5l8.5 15h-17zM12 10.5V14M12 16.8h.01",
            Icon::Moon => "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
            Icon::Sun => {
                "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 \
                 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Icon::Auto => "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 3.5v17M12 8h7.5M12 12h8.5M12 16h7.5",
            Icon::SignOut => "M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M15 8l4 4-4 4M19 12h-9",
            Icon::Menu => "M4 7h16M4 12h16M4 17h16",
            Icon::More => {
                "M5.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM17.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0z"
            }
            Icon::Spinner => "M12 3.5a8.5 8.5 0 1 1-8.5 8.5",
            Icon::Company => "M5 20V4.5h9V20M14 9.5h5V20M3 20h18M8 8h3M8 12h3M8 16h3",
            Icon::Target => {
                "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h.01"
            }
            Icon::Book => "M12 6.5C9.5 5 7 4.5 4 4.5v13c3 0 5.5.5 8 2 2.5-1.5 5-2 8-2v-13c-3 0-5.5.5-8 2zM12 6.5v13",
            Icon::Document => {
                "M7 3.5h7l4.5 4.5v12.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5v5h5M9 13h6M9 16.5h4"
            }
            Icon::Mail => "M4 6h16v12H4zM4.5 6.5l7.5 6.5 7.5-6.5",
            Icon::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"
            }
        }
    }
}
