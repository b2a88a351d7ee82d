/** How many of the mailboxes one of the readers should hold at most. */
export function fairShare(mailboxes: number, readers: number): number {
  return Math.ceil(mailboxes / Math.max(1, readers));
}
