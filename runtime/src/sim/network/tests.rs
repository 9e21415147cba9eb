//! What becomes of the bytes, in paused time.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::carry::{Orders, carry};
use super::{FaultProxy, LineEnd, LinePlan, Way};

/// A connection: the element's end, the device's end, and how it comes to its own.
struct Line {
    element: DuplexStream,
    device: DuplexStream,
    orders: watch::Sender<Orders>,
    end: JoinHandle<LineEnd>,
}

fn line(plan: LinePlan) -> Line {
    let (element, mut near) = duplex(64);
    let (mut far, device) = duplex(64);
    let orders = watch::Sender::new(Orders::Planned);
    let receiver = orders.subscribe();
    let end = tokio::spawn(async move { carry(&mut near, &mut far, plan, receiver).await });
    Line { element, device, orders, end }
}

/// Sends ten bytes each way, and gives what arrives of them within an hour: at the device, at the element, and when the last
/// of it came.
async fn exchange(line: &mut Line) -> (String, String, Duration) {
    let start = Instant::now();
    line.element.write_all(b"0123456789").await.unwrap();
    line.device.write_all(b"abcdefghij").await.unwrap();
    let (mut at_device, mut at_element, mut last) = (Vec::new(), Vec::new(), Duration::ZERO);
    let hour = Duration::from_secs(3600);
    loop {
        tokio::select! {
            Ok(1..) = line.device.read_buf(&mut at_device) => {}
            Ok(1..) = line.element.read_buf(&mut at_element) => {}
            () = tokio::time::sleep(hour) => break,
            else => break,
        }
        last = start.elapsed();
    }
    (String::from_utf8(at_device).unwrap(), String::from_utf8(at_element).unwrap(), last)
}

#[tokio::test(start_paused = true)]
async fn bytes_are_carried_as_the_plan_says() {
    let second = Duration::from_secs(1);
    let plan = LinePlan::default;
    let cases = [
        (plan(), "0123456789", "abcdefghij", 0),
        (plan().stall(Way::ToElement, 4, second), "0123456789", "abcdefghij", 1),
        (plan().trickle(Way::ToDevice, 7, second), "0123456789", "abcdefghij", 3),
        (plan().insert(Way::ToElement, 2, "XY").insert(Way::ToElement, 2, "Z"), "0123456789", "abXYZcdefghij", 0),
        (
            plan().insert(Way::ToDevice, 0, "first").insert(Way::ToDevice, 99, "never"),
            "first0123456789",
            "abcdefghij",
            0,
        ),
        (plan().end_at(Way::ToDevice, 3, LineEnd::Silence), "012", "", 0),
        (plan().end_at(Way::ToElement, 0, LineEnd::Silence), "0123456789", "", 0),
        (plan().end_after(second, LineEnd::Silence).stall(Way::ToElement, 3, 2 * second), "0123456789", "abc", 0),
    ];
    for (plan, to_device, to_element, seconds) in cases {
        let mut line = line(plan.clone());
        let (at_device, at_element, last) = exchange(&mut line).await;
        assert_eq!((&*at_device, &*at_element), (to_device, to_element), "{plan:?}");
        assert_eq!(last, seconds * second, "{plan:?}");
        assert!(!line.end.is_finished(), "neither end is told: {plan:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_closes_both_ends_behind_the_bytes_ahead_of_it() {
    for end in [LineEnd::Cut, LineEnd::Reset] {
        let mut line = line(LinePlan::default().end_at(Way::ToElement, 4, end));
        line.device.write_all(b"abcdefghij").await.unwrap();
        let mut at_element = String::new();
        line.element.read_to_string(&mut at_element).await.unwrap();
        assert_eq!(at_element, "abcd");
        assert_eq!(line.device.read(&mut [0]).await.unwrap(), 0);
        assert_eq!(line.end.await.unwrap(), end);
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_line_ends_when_the_element_has_given_it_up() {
    let mut line = line(LinePlan::default().end_after(Duration::ZERO, LineEnd::Silence));
    assert!(timeout(Duration::from_secs(3600), &mut line.end).await.is_err());
    drop(line.element);
    assert_eq!(line.end.await.unwrap(), LineEnd::Silence);
    assert_eq!(line.device.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn orders_are_for_all_connections_that_are_there() {
    let hour = Duration::from_secs(3600);
    let mut slow = line(LinePlan::default().trickle(Way::ToElement, 0, hour).end_after(2 * hour, LineEnd::Cut));
    slow.orders.send_replace(Orders::Healthy);
    assert_eq!(exchange(&mut slow).await.1, "abcdefghij");
    tokio::time::sleep(2 * hour).await;
    assert!(!slow.end.is_finished(), "its plan is forgotten");
    slow.orders.send_replace(Orders::End(LineEnd::Reset));
    assert_eq!(slow.end.await.unwrap(), LineEnd::Reset);
}

#[tokio::test]
async fn a_proxy_is_down_and_up_again() {
    let device = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = FaultProxy::start(device.local_addr().unwrap()).await.unwrap();
    let mut first = TcpStream::connect(proxy.address()).await.unwrap();
    let (mut accepted, _) = device.accept().await.unwrap();
    accepted.write_all(b"up").await.unwrap();
    assert_eq!(first.read_u16().await.unwrap(), u16::from_be_bytes(*b"up"));
    proxy.set_down(true);
    assert_eq!(first.read(&mut [0]).await.unwrap(), 0);
    // Whether the reset comes with the connect or behind it is the system's to say.
    if let Ok(mut refused) = TcpStream::connect(proxy.address()).await {
        assert!(refused.read(&mut [0]).await.is_err());
    }
    proxy.set_down(false);
    proxy.plan(LinePlan::default().end_at(Way::ToElement, 0, LineEnd::Reset));
    let mut spoilt = TcpStream::connect(proxy.address()).await.unwrap();
    assert!(spoilt.read(&mut [0]).await.is_err(), "reset");
    proxy.heal();
    let mut good = TcpStream::connect(proxy.address()).await.unwrap();
    good.write_all(b"!").await.unwrap();
    let mut sent = loop {
        // The connection that was spoilt may have reached the device, too.
        let (mut sent, _) = device.accept().await.unwrap();
        if sent.read_u8().await.is_ok() {
            break sent;
        }
    };
    sent.write_all(b"?").await.unwrap();
    assert_eq!(good.read_u8().await.unwrap(), b'?');
    assert_eq!(proxy.accepted(), 4);
}
