/**
 * Numbers of the advisory locks: what only one process may do at a time in a database. Each stands here and nowhere
 * else, because two with one number would wait for each other.
 */
export const LOCKS = {
  /** Bringing the tables up to date. */
  migrating: 7_361_209,
  /** `npm start`, for as long as it runs. */
  serving: 7_361_210,
  /** Sealing the audit. */
  sealing: 7_361_211,
  /** Writing `statistics` and `published`. */
  counting: 7_361_212,
  /** Importing official files. */
  importing: 7_361_213,
  /** Working out who is one person. */
  linking: 7_361_214,
  /** Importing contacts; a second number says of which organisation. */
  importingContacts: 7_361_215,
  /** Forming the geography of a year. */
  formingGeography: 7_361_216,
  /** Adding an organisation: their names differ. */
  addingOrganisation: 7_361_217,
  /** Sealing and indexing anew under a new secret of the key ring. */
  rotating: 7_361_218,
  /** Held shared by whatever writes, with a second number for the key it writes with: while it is, that key stays. */
  writingWithKey: 7_361_219,
  /** Changing the key ring: a change that another had not seen would throw its secret away. */
  changingRing: 7_361_220,
  /** Asking for summaries; a second number says of which organisation. */
  askingForSummary: 7_361_221,
  /** Settling the numbers of an organisation's summaries; a second number says of which organisation. */
  settlingImpact: 7_361_222,
  /** Making one summary; a second number stands for its id. */
  makingSummary: 7_361_223,
  /** Changing a programme; a second number stands for its id. */
  changingProgramme: 7_361_224,
  /** Beginning a study, which gives it the next number; a second number says of which organisation. */
  beginningStudy: 7_361_225,
  /** Bringing places under a new key together: `identity.gather_places` of rotation.sql has it. */
  gatheringPlaces: 7_361_231,
  /** Loading outcome data; a second number says of which organisation. */
  loadingDataSet: 7_361_229,
} as const;
