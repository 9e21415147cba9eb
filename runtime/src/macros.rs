//! The public macros. They pass `$crate` on, so that a renamed or re-exported runtime needs no option.

/// Compiles a connector file into a typed driver, in the module where it stands.
///
/// The path is relative to the directory of the crate's `Cargo.toml`, or else to the file that the macro stands in. A
/// fault in the XML is a compile error that shows the line of the XML; a change of the file compiles the crate anew.
///
/// ```ignore
/// mod nmos {
///     genlock::include_protocol!("nmos.xml");
/// }
/// ```
///
/// `include_protocol!("nmos.xml", unhandled)` gives every QAction a body that logs once that it does nothing, so that
/// a connector can be ported one QAction at a time.
#[cfg(all(feature = "macros", feature = "tokio"))]
#[macro_export]
macro_rules! include_protocol {
    ($($tokens:tt)*) => {
        $crate::__private::include_protocol! { [$crate] $($tokens)* }
    };
}

/// Compiles a connector that is written in place, as a string; for tests and documentation.
///
/// See the [crate's example](crate).
#[cfg(all(feature = "macros", feature = "tokio"))]
#[macro_export]
macro_rules! protocol {
    ($($tokens:tt)*) => {
        $crate::__private::protocol! { [$crate] $($tokens)* }
    };
}

/// Includes the driver that a build script generated with `genlock_build::compile("nmos.xml")`.
///
/// ```ignore
/// mod nmos {
///     genlock::include_generated!("nmos");
/// }
/// ```
#[macro_export]
macro_rules! include_generated {
    ($name:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
