use places::{Closeness, Spot};

/// Whether work at `offered` is, or may be, at the place somebody wants. Remote work reaches everybody of the country or area.
pub fn fits(wanted: &Spot, offered: &Spot, remote: bool) -> bool {
    match wanted.closeness(offered) {
        Closeness::SameCity | Closeness::SameArea => true,
        Closeness::SameRegion => remote || wanted.is_region() || offered.is_region(),
        Closeness::SameCountry => remote || is_country(wanted) || is_country(offered),
        Closeness::Unknown | Closeness::Other => false,
    }
}

fn is_country(spot: &Spot) -> bool {
    spot.country().is_some() && !spot.has_city() && !spot.is_region() && !spot.is_area()
}
