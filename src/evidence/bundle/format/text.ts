/** A text for people, in both languages of the house. */
export interface Text {
  readonly it: string;
  readonly en: string;
}
