/** Reasons that are a person's decision. */
export const DECISIONS = ['attached_by_person', 'not_ours_by_person'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Whether a person has decided on a message: nothing that judges by itself changes that. */
export function isDecided(reason: string | null | undefined): boolean {
  return (DECISIONS as readonly (string | null | undefined)[]).includes(reason);
}
