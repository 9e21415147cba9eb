//! A proxy on this machine between elements and a device.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::carry::{Orders, carry};
use super::plan::{LineEnd, LinePlan};

/// The wait after a connection that could not be accepted.
const NO_HASTE: Duration = Duration::from_millis(10);

/// A proxy on the loopback interface, between an element and its device, which spoils connections as it is told: to see
/// what a driver makes of a bad network without having one. Dropped, it ends all its connections.
///
/// ```no_run
/// use genlock::sim::{FaultProxy, LineEnd, LinePlan, Way};
///
/// # async fn example(device: std::net::SocketAddr) -> std::io::Result<()> {
/// let proxy = FaultProxy::start(device).await?;
/// println!("let the element connect to ws://{}", proxy.address());
/// // The first connection breaks in the middle of the handshake; those behind it are good, until all are reset.
/// proxy.plan(LinePlan::default().end_at(Way::ToElement, 40, LineEnd::Reset));
/// proxy.end_all(LineEnd::Reset);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// The task that accepts; it ends with the proxy, and its connections with it.
    _accepting: JoinSet<()>,
}

/// What the proxy and its task have in common.
#[derive(Debug)]
struct Shared {
    device: SocketAddr,
    plans: Mutex<VecDeque<LinePlan>>,
    orders: watch::Sender<Orders>,
    down: AtomicBool,
    accepted: AtomicU64,
    open: AtomicUsize,
}

impl FaultProxy {
    /// Listens on a free port of 127.0.0.1, for connections to `device`.
    ///
    /// # Errors
    /// No port is to be had.
    pub async fn start(device: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            device,
            plans: Mutex::default(),
            orders: watch::Sender::new(Orders::Planned),
            down: AtomicBool::new(false),
            accepted: AtomicU64::new(0),
            open: AtomicUsize::new(0),
        });
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, _accepting: accepting })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Says what is to go wrong on the next connection that has no plan yet. Without a plan, nothing does.
    pub fn plan(&self, plan: LinePlan) {
        self.shared.plans().push_back(plan);
    }

    /// Ends all connections that are there now.
    pub fn end_all(&self, end: LineEnd) {
        self.shared.orders.send_replace(Orders::End(end));
    }

    /// Forgets all plans, also of the connections that are there: what was held back comes at once.
    pub fn heal(&self) {
        self.shared.plans().clear();
        self.shared.orders.send_replace(Orders::Healthy);
    }

    /// From now on the device is down, or up again. When it goes down its connections are cut, and new ones are reset.
    pub fn set_down(&self, down: bool) {
        self.shared.down.store(down, Ordering::Relaxed);
        if down {
            self.end_all(LineEnd::Cut);
        }
    }

    /// How many connections were accepted.
    pub fn accepted(&self) -> u64 {
        self.shared.accepted.load(Ordering::Relaxed)
    }

    /// How many connections are open, half open ones included.
    pub fn open(&self) -> usize {
        self.shared.open.load(Ordering::Relaxed)
    }
}

impl Shared {
    fn plans(&self) -> std::sync::MutexGuard<'_, VecDeque<LinePlan>> {
        // A list of plans is whole after every step.
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is open: counted while this exists.
struct Counted(Arc<Shared>);

impl Counted {
    fn new(shared: &Arc<Shared>) -> Self {
        shared.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(shared))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((element, _)) = listener.accept().await else {
            // This machine has no socket left, or the element was gone already: neither calls for haste.
            sleep(NO_HASTE).await;
            continue;
        };
        shared.accepted.fetch_add(1, Ordering::Relaxed);
        if shared.down.load(Ordering::Relaxed) {
            reset_on_close(&element);
            continue;
        }
        let plan = shared.plans().pop_front().unwrap_or_default();
        let orders = shared.orders.subscribe();
        connections.spawn(connection(Counted::new(&shared), element, plan, orders));
    }
}

async fn connection(open: Counted, mut element: TcpStream, plan: LinePlan, orders: watch::Receiver<Orders>) {
    let Ok(mut device) = TcpStream::connect(open.0.device).await else {
        reset_on_close(&element);
        return;
    };
    for stream in [&element, &device] {
        // What is carried is to arrive when it is: a stream that can't promise that is as good.
        let _ = stream.set_nodelay(true);
    }
    if carry(&mut element, &mut device, plan, orders).await == LineEnd::Reset {
        reset_on_close(&element);
        reset_on_close(&device);
    }
}

/// Lets the other end of a connection see a reset when this one is dropped.
fn reset_on_close(stream: &TcpStream) {
    // Where that can't be said, the other end sees the connection closed.
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}
