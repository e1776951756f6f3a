use super::*;

const COUNTRIES: &str = include_str!("../../data/countries.txt");
const AREAS: &str = include_str!("../../data/areas.txt");
const REGIONS: &str = include_str!("../../data/regions.txt");
const CITIES: &str = include_str!("../../data/cities.txt");
const METROS: &str = include_str!("../../data/metros.txt");

/// A malformed line is left out; the tests below see that there is none.
pub(super) fn load() -> Gazetteer {
    let mut tables = Gazetteer::default();
    let complaints = fill(&mut tables);
    debug_assert!(complaints.is_empty(), "{complaints:?}");
    tables
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn list(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Reads every table and returns the lines that could not be understood.
fn fill(tables: &mut Gazetteer) -> Vec<&'static str> {
    let mut bad = Vec::new();
    bad.extend(lines(COUNTRIES).filter(|line| country(tables, line).is_none()));
    tables.country_codes.insert("UK", Country("GB"));
    bad.extend(lines(AREAS).filter(|line| area(tables, line).is_none()));
    bad.extend(lines(REGIONS).filter(|line| region(tables, line).is_none()));
    let mut heading = None;
    for line in lines(CITIES) {
        match line.strip_prefix('@') {
            Some(text) => {
                heading = city_heading(tables, text);
                bad.extend(heading.is_none().then_some(line));
            }
            None => bad.extend(city(tables, heading, line).is_none().then_some(line)),
        }
    }
    bad.extend(lines(METROS).filter(|line| metro(tables, line).is_none()));
    bad
}

fn country(tables: &mut Gazetteer, line: &'static str) -> Option<()> {
    let mut fields = line.split('|').map(str::trim);
    let (code, alpha3, name) = (fields.next()?, fields.next()?, fields.next()?);
    let country = Country(code);
    tables.countries.insert(code, CountryRow { country, name });
    tables.country_codes.insert(code, country);
    tables.country_codes.insert(alpha3, country);
    for name in std::iter::once(name).chain(list(fields.next().unwrap_or(""))) {
        tables.name(name).country = Some(country);
    }
    (code.len() == 2 && alpha3.len() == 3).then_some(())
}

fn area(tables: &mut Gazetteer, line: &'static str) -> Option<()> {
    let mut fields = line.split('|').map(str::trim);
    let (name, aliases, members) = (fields.next()?, fields.next()?, fields.next()?);
    let mut codes = Vec::new();
    for member in members.split_whitespace() {
        match member.strip_prefix('+') {
            Some(other) => {
                let other = other.replace('_', " ");
                codes.extend_from_slice(&tables.areas.iter().find(|row| row.name == other)?.members);
            }
            None => codes.push(tables.country_code(member)?),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    let area = Area(u8::try_from(tables.areas.len()).ok()?);
    tables.areas.push(AreaRow { name, members: codes });
    for name in std::iter::once(name).chain(list(aliases)) {
        tables.name(name).area = Some(area);
    }
    Some(())
}

fn region(tables: &mut Gazetteer, line: &'static str) -> Option<()> {
    let mut fields = line.split('|').map(str::trim);
    let (country, code, name) = (fields.next()?, fields.next()?, fields.next()?);
    let country = tables.countries.get(country)?.country;
    let index = u16::try_from(tables.regions.len()).ok()?;
    tables.regions.push(RegionRow { country, code, name });
    if !code.is_empty() {
        tables.region_codes.entry(code).or_default().push(index);
    }
    for name in std::iter::once(name).chain(list(fields.next().unwrap_or(""))) {
        let regions = &mut tables.name(name).regions;
        if regions.last() != Some(&index) {
            regions.push(index);
        }
    }
    Some(())
}

type Heading = (Country, Option<u16>);

fn city_heading(tables: &Gazetteer, text: &'static str) -> Option<Heading> {
    let (code, region) = text.split_once(' ').unwrap_or((text, ""));
    let country = tables.countries.get(code)?.country;
    match region.trim() {
        "" => Some((country, None)),
        region => Some((country, Some(tables.find_region(region, country)?))),
    }
}

fn city(tables: &mut Gazetteer, heading: Option<Heading>, line: &'static str) -> Option<()> {
    let (country, region) = heading?;
    let bare = match line.as_bytes().first()? {
        b'?' => Bare::Undecided,
        b'-' => Bare::Another,
        _ => Bare::This,
    };
    let mut names = list(line.trim_start_matches(['?', '-']));
    let name = names.next()?;
    let index = u16::try_from(tables.cities.len()).ok()?;
    tables.cities.push(CityRow { name, country, region, bare, metro: 0 });
    for name in std::iter::once(name).chain(names) {
        let cities = &mut tables.name(name).cities;
        if cities.last() != Some(&index) {
            cities.push(index);
        }
    }
    Some(())
}

fn metro(tables: &mut Gazetteer, line: &'static str) -> Option<()> {
    let mut fields = line.split('|').map(str::trim);
    let (names, heading, members) = (fields.next()?, fields.next()?, fields.next()?);
    let heading = city_heading(tables, heading)?;
    let name = list(names).next()?;
    if tables.find_city(name, heading.0).is_none() {
        city(tables, Some(heading), names)?;
    }
    for member in list(members) {
        let index = tables.find_city(member, heading.0)?;
        tables.cities.get_mut(usize::from(index))?.metro = name_hash(name);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_understood() {
        let mut tables = Gazetteer::default();
        assert_eq!(fill(&mut tables), Vec::<&str>::new());
        assert_eq!(tables.countries.len(), 249, "ISO 3166-1 has 249 entries");
        assert!(tables.cities.len() >= 500, "{} cities", tables.cities.len());
    }

    #[test]
    fn a_name_has_one_reading_when_it_stands_alone() {
        let tables = load();
        for (name, meaning) in &tables.names {
            let rows = || meaning.cities.iter().map(|index| &tables.cities[usize::from(*index)]);
            let default = rows().filter(|row| row.bare == Bare::This).count();
            assert!(default <= 1, "{name} names {default} cities");
            assert!(default == 0 || rows().all(|row| row.bare != Bare::Undecided), "{name} is decided and undecided");
        }
    }

    #[test]
    fn every_label_is_read_back_as_the_same_place() {
        let tables = load();
        let mut wrong = Vec::new();
        let regions = tables.regions.iter().map(|row| crate::Place {
            region: Some(row.name.into()),
            country: Some(row.country),
            ..Default::default()
        });
        let cities = tables.cities.iter().map(|row| crate::Place {
            city: Some(row.name.into()),
            region: row.region.map(|index| tables.regions[usize::from(index)].name.into()),
            country: Some(row.country),
            ..Default::default()
        });
        let countries = tables.countries.values().map(|row| crate::Place::country(row.country));
        let areas = (0..tables.areas.len() as u8).map(|i| crate::Place { area: Some(Area(i)), ..Default::default() });
        // Both stay open when nothing stands beside them.
        let open = ["Georgia", "Delhi, India"];
        for place in
            regions.chain(cities).chain(countries).chain(areas).filter(|place| !open.contains(&&*place.label()))
        {
            let again = crate::parse(&place.label()).places;
            if again.len() != 1 || again[0].same_key() != place.same_key() {
                wrong.push(format!("{place} became {again:?}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
