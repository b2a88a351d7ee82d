/** A text for people, in both languages of the house; the same shape as `Text` in the platform. */
export interface Text {
  readonly it: string;
  readonly en: string;
}
