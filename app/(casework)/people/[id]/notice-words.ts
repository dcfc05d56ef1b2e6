/** Details of a person, as they are called in a notice that one was put right. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  givenName: "given name",
  familyName: "family name",
  dateOfBirth: "date of birth",
  phone: "phone",
  email: "e-mail",
  record: "something that was written",
};
