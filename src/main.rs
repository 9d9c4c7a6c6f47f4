//! The thin shell around the library: arguments in, exit status out.

fn main() -> std::process::ExitCode {
    grillme::cli::main()
}
