/** The provinces and cities under the central government, as people name them. */

/** The 34 since 01/7/2025, each with those that went into it: people go on naming those. */
const JOINED: Readonly<Record<string, string>> = {
  'Hà Nội': '',
  Huế: '',
  'Lai Châu': '',
  'Điện Biên': '',
  'Sơn La': '',
  'Lạng Sơn': '',
  'Quảng Ninh': '',
  'Thanh Hóa': '',
  'Nghệ An': '',
  'Hà Tĩnh': '',
  'Cao Bằng': '',
  'Tuyên Quang': 'Hà Giang',
  'Lào Cai': 'Yên Bái',
  'Thái Nguyên': 'Bắc Kạn',
  'Phú Thọ': 'Vĩnh Phúc, Hòa Bình',
  'Bắc Ninh': 'Bắc Giang',
  'Hưng Yên': 'Thái Bình',
  'Hải Phòng': 'Hải Dương',
  'Ninh Bình': 'Hà Nam, Nam Định',
  'Quảng Trị': 'Quảng Bình',
  'Đà Nẵng': 'Quảng Nam',
  'Quảng Ngãi': 'Kon Tum',
  'Gia Lai': 'Bình Định',
  'Khánh Hòa': 'Ninh Thuận',
  'Lâm Đồng': 'Đắk Nông, Bình Thuận',
  'Đắk Lắk': 'Phú Yên',
  'Hồ Chí Minh': 'Bình Dương, Bà Rịa - Vũng Tàu',
  'Đồng Nai': 'Bình Phước',
  'Tây Ninh': 'Long An',
  'Cần Thơ': 'Sóc Trăng, Hậu Giang',
  'Vĩnh Long': 'Bến Tre, Trà Vinh',
  'Đồng Tháp': 'Tiền Giang',
  'Cà Mau': 'Bạc Liêu',
  'An Giang': 'Kiên Giang',
};

/** What a province is called besides; an abbreviation that several could mean is left out. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'Hồ Chí Minh': 'hcm, hcmc, tphcm, tphcmc, tp hcm, tp hcmc, sài gòn, sg, sgn, saigon, ho chi minh city',
  'Hà Nội': 'hn, hnoi, tphn, ha noi city',
  'Hải Phòng': 'hp, tphp',
  'Đà Nẵng': 'tpdn, đnẵng',
  'Cần Thơ': 'tpct',
  Huế: 'thừa thiên huế, thừa thiên, tt huế, tthuế',
  'Bà Rịa - Vũng Tàu': 'brvt, vũng tàu, bà rịa, bà rịa vt',
  'Bắc Kạn': 'bắc cạn',
  'Đắk Lắk': 'đắc lắc, đăk lăk, đắk lắc, đắc lắk, daklak',
  'Đắk Nông': 'đắc nông, đăk nông, daknong',
  'Kon Tum': 'kontum, công tum',
};

export interface Province {
  /** As it is called itself. */
  readonly name: string;
  /** All that people call it, its own name first. */
  readonly forms: readonly string[];
  /** The province that it belongs to since 2025. */
  readonly today: string;
}

export const PROVINCES: readonly Province[] = Object.entries(JOINED).flatMap(([today, joined]) =>
  [today, ...joined.split(', ').filter((name) => name !== '')].map((name) => ({
    name,
    forms: [name, ...(OTHER_NAMES[name]?.split(', ') ?? [])],
    today,
  })),
);
