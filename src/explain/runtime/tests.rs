//! Tests of the runtime. Never included in an output.
