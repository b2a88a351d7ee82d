import type { Text } from '../schema/types.js';

export type Language = keyof Text;
