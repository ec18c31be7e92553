//! The editor's own file: JSON, version 1.
//!
//! ```json
//! {"gouji":1,"form":"2021",
//! "head":{"title":"..","body":"..","year":2024,"period":null,"basis":null,"contact":null,"published":null},
//! "headings":[["s1","一、总体情况"],[null,"七、附件"]],
//! "t2":{
//! "rules":[0,0,null],
//! "admin_fees":["2.00"]},
//! "texts":{"preamble":"..","s1":".."},
//! "unplaced":[{"place":"line 84","text":"..","table":"t3"}],
//! "lost":["t3.denied_admin_query"],
//! "unread":[{"table":"t3","seen":"picture","place":"paragraph 12"}],
//! "keying":["t3"],
//! "remarks":[{"rule":"..","site":"..","numbers":["2"],"text":"..","by":".."}],
//! "questions":[{"site":"..","rule":"..","numbers":["2"],"text":".."}]}
//! ```
//! One row of a table a line, columns in the form's order; null is blank, a
//! number a count, a string anything else, read again by the cells' one codec.
//! A piece without a place says its table where it is known.
//! `lost` and `unread`, rows and tables that were not found in the source, are
//! written only where there are any; so is `keying`, tables that are being keyed,
//! and the rule and the numbers of a question about a problem.
//!
//! Objects are taken apart into keys and raw slices first, so that a value of a
//! wrong type, a repeated or an unknown key is seen as it stands and costs
//! nothing where there is none.
//!
//! **Never:** drops what it does not understand: that becomes a note, and the
//! file read-only.
//! Next: `model::Draft`.

mod read;
mod schema;
mod values;
mod write;

pub(in crate::format) use self::read::read;
pub use self::schema::schema;
pub(in crate::format) use self::write::write;

const VERSION: u64 = 1;

/// How JSON begins that some editor wrote as UTF-16.
pub(in crate::format) const WIDE_STARTS: [&[u8]; 2] = [b"\xFF\xFE{\0", b"\xFE\xFF\0{"];
/// How the files begin that we write.
pub(in crate::format) const START: &[u8] = b"{\"gouji\":";
