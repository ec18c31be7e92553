//! The program `gouji`: hands its arguments to the library and exits with its code.

fn main() {}
