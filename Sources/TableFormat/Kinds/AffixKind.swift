/// Which end of a subject an affix is for.
package enum AffixKind: UInt8, Sendable { case prefix = 0, suffix = 1 }
