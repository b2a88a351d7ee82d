/** Bounds of what we are willing to read, each with its reason. */

/** One invoice file, signed or not, on any channel: 5 MB, taken as 5,000,000 bytes (sdi.md 2.5: stay under it, the unit is uncertain). */
export const MAX_INVOICE_BYTES = 5_000_000;

/** The schema nests nine levels, an enveloped XAdES signature a few more. libxml2, which much of the field uses, stops here too. */
export const MAX_DEPTH = 256;

/** The shortest element that repeats freely takes over 20 bytes, so 5,000,000 bytes of invoice cannot hold more. */
export const MAX_ELEMENTS = 250_000;

/** The root carries a few namespaces and `schemaLocation`; nothing else has attributes. They are compared in pairs, so many would cost. */
export const MAX_ATTRIBUTES = 64;

/** Namespaces in force at one place: attributes times the few levels that declare any. Prefixes are looked up one by one, so many would cost. */
export const MAX_NAMESPACES = 256;

/** Attributes hold a namespace, a version, a list of schema locations, the address of an algorithm: hundreds of characters at most. */
export const MAX_ATTRIBUTE_VALUE = 65_536;

/** The longest name of the schema has 36 characters; libxml2 stops at 50,000. */
export const MAX_NAME = 1_000;

/** How much of a wrong value a finding shows. */
export const MAX_SHOWN_VALUE = 100;

/** Findings per file: SdI itself lists 50 format errors and stops (code 00201). */
export const MAX_FINDINGS = 50;
