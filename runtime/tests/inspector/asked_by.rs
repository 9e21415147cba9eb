//! Who may ask for what: hosts, sites, tokens.

use std::time::{Duration, Instant};

use genlock::Value;
use genlock::inspector::{Elements, InspectorError, Settings, serve};

use super::{OWN, TOKEN, ask, get, guarded, page, set};

#[tokio::test]
async fn other_machines_are_let_in_with_a_token_alone() {
    let refused = serve("0.0.0.0:0", Elements::default()).await.unwrap_err();
    assert!(matches!(refused, InspectorError::NeedsToken { .. }), "{refused}");
    assert!(refused.to_string().contains("token(…)"), "{refused}");
    let weak = Settings::default().token("short").serve("127.0.0.1:0", Elements::default()).await.unwrap_err();
    assert!(matches!(weak, InspectorError::WeakToken { length: 5, .. }), "{weak}");
    for (token, is_weak) in [("fifteen letters", true), ("sixteen letters.", false)] {
        let page = Settings::default().token(token).serve("127.0.0.1:0", Elements::default()).await;
        assert_eq!(page.is_err(), is_weak, "{token}");
    }
    let open = Settings::default().token(TOKEN).serve("0.0.0.0:0", Elements::default()).await.unwrap();
    assert!(open.needs_token() && open.url().starts_with("http://127.0.0.1:"));
    assert!(!format!("{:?}", Settings::default().token(TOKEN)).contains(TOKEN));
}

#[tokio::test]
async fn names_of_others_that_point_here_are_refused() {
    let (page, _element) = page().await;
    for host in ["evil.example", "localhost.evil.example", "10.0.0.1", "[2001:db8::1]:80"] {
        assert_eq!(get(&page, "/", &format!("Host: {host}\r\n")).await.status, 403, "{host}");
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]"] {
        assert_eq!(get(&page, "/", &format!("Host: {host}\r\n")).await.status, 200, "{host}");
    }
    let named = guarded(Settings::default().host("Driver.example")).await;
    assert_eq!(get(&named, "/api/elements", "Host: driver.example\r\n").await.status, 200);
}

#[tokio::test]
async fn pages_of_other_sites_neither_see_nor_change_anything() {
    let (page, element) = page().await;
    let body = r#"{"text":"5"}"#;
    let foreign = [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ];
    for headers in foreign {
        assert_eq!(set(&page, 1, &format!("{OWN}{headers}"), body).await.status, 403, "{headers}");
        assert_eq!(get(&page, "/api/elements", headers).await.status, 403, "{headers}");
    }
    // A form of another site can send neither the header nor this content type.
    assert_eq!(set(&page, 1, "Content-Type: application/json\r\n", body).await.status, 403);
    assert_eq!(set(&page, 1, "X-Genlock: 1\r\nContent-Type: text/plain\r\n", body).await.status, 415);
    assert_eq!(element.get(1).await.unwrap(), None);
    let own = format!("{OWN}Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", page.address());
    assert_eq!(set(&page, 1, &own, body).await.status, 204);
    assert_eq!(element.get(1).await.unwrap(), Some(Value::Number(5.0)));
    // A link on another site opens the page, and a proxy before it has TLS.
    assert_eq!(get(&page, "/", "Sec-Fetch-Site: cross-site\r\n").await.status, 200);
    let encrypted = format!("{OWN}Origin: https://{}\r\n", page.address());
    assert_eq!(set(&page, 1, &encrypted, body).await.status, 204);
}

#[tokio::test]
async fn a_token_is_asked_for_and_traded_for_a_cookie() {
    let page = guarded(Settings::default().token(TOKEN).text("/metrics", || "one 1\n".to_owned())).await;
    for path in ["/api/elements", "/api/elements/0/model", "/api/elements/0/live", "/metrics", "/nothing"] {
        assert_eq!(get(&page, path, "").await.status, 401, "{path}");
        assert_eq!(get(&page, path, "Authorization: Bearer a token that nobody guesse5\r\n").await.status, 401);
    }
    assert_eq!(get(&page, "/", "").await.status, 200);
    assert_eq!(get(&page, "/metrics", &format!("Authorization: Bearer {TOKEN}\r\n")).await.body, "one 1\n");

    let wrong = ask(&page, "POST /api/session", OWN, r#"{"token":"another"}"#).await;
    assert!(wrong.status == 401 && !wrong.head.contains("set-cookie"), "{}", wrong.head);
    let right = ask(&page, "POST /api/session", OWN, &format!(r#"{{"token":"{TOKEN}"}}"#)).await;
    assert_eq!(right.status, 204);
    let cookie = right.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    assert!(cookie.contains("; httponly; samesite=strict") && !cookie.contains("nobody"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(get(&page, "/api/elements", &format!("Cookie: a=b; {pair}\r\n")).await.status, 200);
    assert_eq!(get(&page, "/api/elements", &format!("Cookie: {pair}0\r\n")).await.status, 401);

    let goodbye = ask(&page, "DELETE /api/session", &format!("{OWN}Cookie: {pair}\r\n"), "").await;
    let name = pair.split('=').next().unwrap();
    assert!(goodbye.head.contains(&format!("set-cookie: {name}=; ")), "{}", goodbye.head);
    assert!(goodbye.head.contains("; max-age=0"), "{}", goodbye.head);
}

#[tokio::test]
async fn nobody_tries_more_than_two_tokens_a_second() {
    let page = guarded(Settings::default().token(TOKEN)).await;
    let begin = Instant::now();
    let guess = || ask(&page, "POST /api/session", OWN, r#"{"token":"a guess"}"#);
    let (one, other) = tokio::join!(guess(), guess());
    assert_eq!([one.status, other.status], [401, 401]);
    assert!(begin.elapsed() >= Duration::from_millis(900), "two at once take as long: {:?}", begin.elapsed());
}
