import { parser } from '@prometheus-io/lezer-promql';

const wrappers = new Set(['OffsetExpr', 'StepInvariantExpr', 'ParenExpr']);

/**
 * The expression that a graph can show for another: a range vector selector has many samples per point, so its series
 * are drawn by the instant vector selector instead. Everything else, also what is invalid, stays as it is.
 */
export function graphable(expr: string): string {
  let node = parser.parse(expr).topNode.firstChild;
  while (node?.name === 'LineComment') node = node.nextSibling;
  while (node !== null && wrappers.has(node.name)) node = node.firstChild;
  const selector = node?.getChild('VectorSelector');
  if (node?.name !== 'MatrixSelector' || !selector || node.getChild('⚠')) return expr;
  return expr.slice(0, selector.to) + expr.slice(node.to);
}
