//! Characters that drive a terminal or make it lie, and what it means that none is left.

/// One payload of each class that passes raw through a plain print, and some more.
pub const PAYLOADS: [&str; 30] = [
    "\u{1b}[31m",
    "\u{1b}[2J",
    "\u{1b}[6n",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://x\u{7}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{1b}P1$r\u{1b}\\",
    "\u{1b}_apc\u{1b}\\",
    "\u{1b}^pm\u{1b}\\",
    "\u{1b}Xsos\u{1b}\\",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}",
    "\u{7}",
    "\r",
    "\u{8}",
    "\u{b}",
    "\u{7f}",
    "\u{0}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{2060}",
    "\u{feff}",
    "\u{2028}",
    "\u{61c}",
    "\u{e0041}",
];

/// Finds the first character that a terminal would obey, or that nobody would see. Written down here a second time, and
/// stricter than what the program allows in emoji and in scripts that join, on purpose.
pub fn hostile(text: &str) -> Option<char> {
    text.chars().find(|c| match c {
        '\n' | '\t' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    })
}

/// Writes a text with every character escaped, as JSON takes it.
pub fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}
