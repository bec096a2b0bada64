/// The snippet language: from text to checked trees.
///
/// `Snippet` is the way in: it scans, parses and type-checks a text against an `Environment` and
/// gives `Stmt` and `Expr` trees, or a `SnippetException` with every fault it found. Lowering turns
/// the trees into kernels.
@NullMarked
package org.genn.engine.snippet;

import org.jspecify.annotations.NullMarked;
