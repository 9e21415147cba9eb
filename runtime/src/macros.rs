//! The public macros. They pass `$crate` on, so that a renamed or re-exported runtime needs no option.

/// Compiles a connector file into a typed driver, in the module where it stands.
///
/// The path is relative to the directory of the crate's `Cargo.toml`, or else to the file that the macro stands in. A
/// fault in the XML is a compile error that shows the line of the XML; a change of the file compiles the crate anew.
///
/// ```
/// /// The names of `lamp.xml`: `lamp::element`, `lamp::QActions`, `lamp::params::LEVEL` and so on.
/// mod lamp {
///     genlock::include_protocol!("docs/lamp.xml");
/// }
/// assert_eq!(lamp::params::LEVEL.name(), "Level");
/// ```
///
/// Behind the path come options, in any order:
///
/// * `unhandled` gives every QAction a body that logs once that it does nothing, so that a connector can be ported one
///   QAction at a time.
/// * `deny_warnings` makes the warnings about the file errors.
/// * `allow = [GL0510, "9.4.3"]` silences what the file may have: codes, or numbers of the platform's validator as
///   strings. The same in the file itself is `<!-- genlock: allow GL0510 reason -->` before an element. Errors of what
///   runs cannot be silenced.
///
/// `genlock expand lamp.xml` prints the code, and `genlock check lamp.xml` also the faults of style, which are no
/// business of a compiler.
#[cfg(all(feature = "macros", feature = "tokio"))]
#[macro_export]
macro_rules! include_protocol {
    ($($tokens:tt)*) => {
        $crate::__private::include_protocol! { [$crate] $($tokens)* }
    };
}

/// Compiles a connector that is written in place, as a string; for tests and documentation.
///
/// ```
/// mod heartbeat {
///     genlock::protocol! { r#"
///         <Protocol>
///             <Name>Heartbeat</Name>
///             <Version>1.0.0.1</Version>
///             <ElementType>Lamp</ElementType>
///             <Connections>
///                 <Connection id="0" name="Link">
///                     <Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>
///                 </Connection>
///             </Connections>
///             <Params>
///                 <Param id="1">
///                     <Name>Request</Name>
///                     <Type>read</Type>
///                     <Interprete>
///                         <RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType>
///                     </Interprete>
///                 </Param>
///             </Params>
///             <Commands>
///                 <Command id="1">
///                     <Name>Beat</Name>
///                     <WebSocketMessageType>text</WebSocketMessageType>
///                     <Content><Param>1</Param></Content>
///                 </Command>
///             </Commands>
///             <Pairs>
///                 <Pair id="1"><Name>Beat</Name><Content><Command>1</Command></Content></Pair>
///             </Pairs>
///         </Protocol>
///     "# }
/// }
///
/// assert_eq!(heartbeat::pairs::BEAT.id(), 1);
/// ```
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
