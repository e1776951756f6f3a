//! Where a network address is, as far as a local database in MaxMind's format says: a hint for people who look at where they are
//! signed in. Nobody is asked, and nothing is kept of it.

use maxminddb::{Reader, path};
use std::{fmt, fs, net::IpAddr, path::Path};

/// Larger files are no such database, in bytes.
const LARGEST: u64 = 512 << 20;
/// Longest name of a city or country, in characters.
const LONGEST: usize = 100;

/// A database that was read.
pub struct Atlas(Reader<Vec<u8>>);

impl fmt::Debug for Atlas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Atlas")
    }
}

impl Atlas {
    /// Reads a file; what is wrong with it reads on after the name of a setting.
    pub fn read(file: &Path) -> Result<Self, String> {
        let size = fs::metadata(file).map_err(|cause| format!("names a file that cannot be read: {cause}"))?.len();
        if size > LARGEST {
            return Err("names a file that is too large".into());
        }
        Reader::open_readfile(file)
            .map(Atlas)
            .map_err(|cause| format!("names a file that is not a database in MaxMind’s format (.mmdb): {cause}"))
    }

    /// "Lisbon, Portugal", or the country alone; None where nothing is known.
    pub fn place(&self, address: &str) -> Option<String> {
        let found = self.0.lookup(address.parse::<IpAddr>().ok()?).ok()?;
        let city: Option<String> = found.decode_path(&path!["city", "names", "en"]).ok().flatten();
        let country: Option<String> = found.decode_path(&path!["country", "names", "en"]).ok().flatten();
        let parts: Vec<String> =
            [city, country].into_iter().flatten().map(|name| clean(&name)).filter(|name| !name.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn clean(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}
