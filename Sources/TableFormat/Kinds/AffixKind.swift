/// Which end of a subject an affix is for.
public enum AffixKind: UInt8, Sendable { case prefix = 0, suffix = 1 }
