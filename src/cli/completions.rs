//! `errcat completions`: the completion script for a shell.

use std::io::Write;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Arguments, Exit, Failure};

const EXAMPLES: &str = "\
Examples:
  errcat completions bash > ~/.local/share/bash-completion/completions/errcat
  errcat completions zsh > ~/.zfunc/_errcat        with ~/.zfunc in $fpath
  errcat completions fish > ~/.config/fish/completions/errcat.fish
  errcat completions powershell >> $PROFILE";

/// Print a shell completion script
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        // To memory first: the library panics if a stream fails.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "errcat", &mut script);
        out.write_all(&script)?;
        out.flush()?;
        Ok(Exit::Clean)
    }
}
