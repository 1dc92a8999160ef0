/**
 * What a value of an AWS response must look like, written once as data: the structural check runs on it and the types of
 * a snapshot are derived from it. So what is not checked on arrival has no type, and nobody can read it by accident.
 */
export type Shape = 'string' | 'number' | 'boolean' | 'time' | ListShape | ObjectShape;
export type ListShape = readonly [Shape];
export type ObjectShape = { readonly [member: string]: Shape };

/**
 * Holds a shape to the SDK's output type `T`: a member that AWS does not have, or has with another kind, does not compile.
 * Members may be left out; those are kept in a snapshot unchecked and untyped.
 */
export type ShapeOf<T> = T extends Date
  ? 'time'
  : T extends string
    ? 'string'
    : T extends number
      ? 'number'
      : T extends boolean
        ? 'boolean'
        : T extends readonly (infer Item)[]
          ? readonly [ShapeOf<Item>]
          : { readonly [Member in keyof T]?: ShapeOf<NonNullable<T[Member]>> };

/**
 * The type of a value that passed the check. Every member is optional, as in the SDK: what AWS left out, what was null
 * and what was of the wrong kind is absent. Enumerations are plain strings, since AWS adds values; times are ISO 8601 text.
 */
export type FromShape<S> = S extends 'string' | 'time'
  ? string
  : S extends 'number'
    ? number
    : S extends 'boolean'
      ? boolean
      : S extends readonly [infer Item]
        ? readonly FromShape<Item>[]
        : { readonly [Member in keyof S]?: FromShape<S[Member]> };
