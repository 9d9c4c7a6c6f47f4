//! Every command there is, for tests of what all of them must stand.

/// A command line in a sandbox that [`crate::sandbox::Sandbox::used`] made, and what it is.
pub struct Case {
    pub args: &'static [&'static str],
    /// Whether it writes to standard output.
    pub prints: bool,
    /// Whether it adds to the log.
    pub writes: bool,
}

pub const fn case(args: &'static [&'static str]) -> Case {
    Case { args, prints: true, writes: false }
}

const fn writing(args: &'static [&'static str]) -> Case {
    Case { args, prints: true, writes: true }
}

/// A file without a line.
const EMPTY: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// Every command; each ends in 0 when all is well.
pub const CASES: [Case; 33] = [
    case(&[]),
    case(&["--format", "json"]),
    Case { args: &["cards", "docker/docker-vs-vm", "--plain"], prints: false, writes: true },
    Case { args: &["cards", "docker/docker-vs-vm", "--plain", "--cram"], prints: false, writes: false },
    case(&["list"]),
    case(&["list", "docker"]),
    case(&["list", "docker", "--format", "json"]),
    case(&["show", "docker/cgroups-limit"]),
    case(&["show", "docker/cgroups-limit", "--format", "json"]),
    Case { args: &["quiz", "docker", "--plain", "--count", "3", "--kind", "typed"], prints: false, writes: true },
    Case { args: &["show", "docker/cgroups-limit", "--play", "--plain"], prints: false, writes: false },
    case(&["lesson", "docker/docker-vs-vm", "--read"]),
    case(&["exam", "docker", "--questions"]),
    case(&["exam", "docker", "--answers", EMPTY, "--pass", "0"]),
    case(&["check", "docker"]),
    case(&["check", "docker", "--strict", "--format", "json"]),
    case(&["check", "docker", "--format", "sarif"]),
    case(&["check", "docker", "--format", "github"]),
    case(&["check", "--rules"]),
    writing(&["undo"]),
    writing(&["suspend", "docker/cgroups-limit"]),
    writing(&["bury", "docker/cgroups-limit"]),
    writing(&["forget", "docker/what-container-shares"]),
    case(&["progress", "export"]),
    case(&["progress", "import", "data/progress/here.jsonl"]),
    case(&["progress", "verify"]),
    case(&["progress", "verify", "--format", "json"]),
    case(&["progress", "repair"]),
    case(&["progress", "backup"]),
    case(&["completions", "bash"]),
    case(&["man"]),
    case(&["--help"]),
    case(&["--version"]),
];
