//! What the page changes in an element.

use genlock::Value;
use genlock::inspector::Settings;
use serde_json::Value as Json;

use super::{OWN, ask, get, guarded, page, set};

#[tokio::test]
async fn a_set_is_that_of_an_operator_and_the_engine_answers() {
    let (page, element) = page().await;
    let high = set(&page, 1, OWN, r#"{"text":"11"}"#).await;
    assert!(high.status == 422 && high.body.contains("enter at most 10"), "{}", high.body);
    assert_eq!(set(&page, 1, OWN, r#"{"text":"loud"}"#).await.status, 422);
    assert_eq!(set(&page, 1, OWN, r#"{"value":"7"}"#).await.status, 204);
    assert_eq!(element.get(1).await.unwrap(), Some(Value::Number(7.0)));
    // What is a text stays one, also when it looks like a number.
    assert_eq!(set(&page, 2, OWN, r#"{"value":"007"}"#).await.status, 204);
    assert_eq!(element.get(2).await.unwrap(), Some(Value::Text("007".into())));
    // PARAM-148
    let read = set(&page, 3, OWN, r#"{"text":"x"}"#).await;
    assert!(read.status == 422 && read.body.contains("no write parameter"), "{}", read.body);
    assert_eq!(set(&page, 99, OWN, r#"{"text":"x"}"#).await.status, 404);
    assert!(set(&page, 1, OWN, "{").await.status >= 400);
    assert_eq!(set(&page, 2, OWN, &format!(r#"{{"text":"{}"}}"#, "x".repeat(70_000))).await.status, 413);
    assert_eq!(ask(&page, "POST /api/elements/0/connections/5/reconnect", OWN, "").await.status, 404);
    element.stop().await.unwrap();
    assert_eq!(set(&page, 1, OWN, r#"{"text":"1"}"#).await.status, 409);
    let list: Json = serde_json::from_str(&get(&page, "/api/elements", "").await.body).unwrap();
    assert_eq!(list["elements"][0]["state"], "stopped");
}

#[tokio::test]
async fn a_read_only_page_sets_nothing() {
    let page = guarded(Settings::default().read_only(true)).await;
    assert_eq!(set(&page, 1, OWN, r#"{"text":"1"}"#).await.status, 403);
    assert_eq!(ask(&page, "POST /api/elements/0/connections/0/reconnect", OWN, "").await.status, 403);
    let model: Json = serde_json::from_str(&get(&page, "/api/elements/0/model", "").await.body).unwrap();
    assert_eq!(model["readOnly"], true);
}
