export { type Decimal, ZERO, abs, add, compare, compareAbs, decimal, equal, format, isZero, multiply, negate, parseDecimal, roundHalfAway, shift, subtract } from './decimal.js';
