import { parseSync } from 'oxc-parser';

/**
 * Reads a source file into what the checks ask of it.
 * @returns {{ imports: { from: string, typeOnly: boolean, line: number }[], strings: { value: string, line: number }[],
 *   templates: { parts: string[], line: number }[], calls: { name: string, args: number, line: number }[], tests: string[] }}
 */
export function readSource(name, text) {
  const parsed = parseSync(name, text, { sourceType: 'module' });
  if (parsed.errors.length > 0) throw new Error(`${name}: ${parsed.errors[0].message}`);
  const starts = lineStarts(text);
  const found = { imports: [], strings: [], templates: [], calls: [], members: [] };
  const at = (node) => lineOf(starts, node.start);
  walk(parsed.program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration': {
        const named = node.specifiers ?? [];
        const typeOnly =
          node.importKind === 'type' || (named.length > 0 && named.every((s) => s.importKind === 'type'));
        found.imports.push({ from: node.source.value, typeOnly, line: at(node) });
        return;
      }
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (node.source)
          found.imports.push({ from: node.source.value, typeOnly: node.exportKind === 'type', line: at(node) });
        return;
      case 'ImportExpression':
        if (node.source.type === 'Literal')
          found.imports.push({ from: node.source.value, typeOnly: false, line: at(node) });
        return;
      case 'Literal':
        if (typeof node.value === 'string') found.strings.push({ value: node.value, line: at(node) });
        return;
      case 'TemplateLiteral':
        found.templates.push({ parts: node.quasis.map((q) => q.value.cooked ?? ''), line: at(node) });
        return;
      case 'CallExpression':
      case 'NewExpression':
        found.calls.push({
          name: nameOf(node.callee),
          args: node.arguments.length,
          line: at(node),
          construct: node.type === 'NewExpression',
        });
        return;
      case 'MemberExpression':
        found.members.push({ name: nameOf(node), line: at(node) });
        return;
      default:
    }
  });
  return found;
}

function nameOf(node) {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression' && !node.computed) return `${nameOf(node.object)}.${node.property.name}`;
  return '';
}

function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') visit(node);
  for (const key of Object.keys(node)) {
    if (key === 'parent') continue;
    const value = node[key];
    if (value !== null && typeof value === 'object') walk(value, visit);
  }
}

function lineStarts(text) {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

function lineOf(starts, offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
