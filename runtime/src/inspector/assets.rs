//! The files of the page. All are in the binary; `assets/README.md` says where the one that is not ours comes from.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const HTML: &str = "text/html; charset=utf-8";
const PICTURE: &str = "image/svg+xml";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! files {
    ($($name:literal $kind:ident,)+) => {
        [$(($name, $kind, include_str!(concat!("assets/", $name))),)+]
    };
}

/// Name, media type and content of each file.
const FILES: [(&str, &str, &str); 17] = files! {
    "icon.svg" PICTURE,
    "page.css" STYLE,
    "main.js" SCRIPT,
    "api.js" SCRIPT,
    "dom.js" SCRIPT,
    "login.js" SCRIPT,
    "list.js" SCRIPT,
    "element.js" SCRIPT,
    "state.js" SCRIPT,
    "pages.js" SCRIPT,
    "field.js" SCRIPT,
    "entry.js" SCRIPT,
    "format.js" SCRIPT,
    "trends.js" SCRIPT,
    "logs.js" SCRIPT,
    "uPlot.iife.min.js" SCRIPT,
    "uPlot.min.css" STYLE,
};

/// The page.
pub(super) async fn index() -> Response {
    ([(header::CONTENT_TYPE, HTML)], include_str!("assets/index.html")).into_response()
}

/// A file of the page.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, content)) => ([(header::CONTENT_TYPE, *kind)], *content).into_response(),
        None => (StatusCode::NOT_FOUND, "there is no such file\n").into_response(),
    }
}
