/** The operations table of a vendor's page. Pure. */

/** An operation of the node. */
export interface DocumentedOperation {
	resource: string;
	operation: string;
	/** The operation's own description, for a row that is new. */
	description: string;
}

/** Any columns may stand between the operation and what it does; a new row leaves them empty. */
const HEAD = /^\| Resource \| Operation \|(?<between>[^\n]*) What it does \|\n(?:\| --- )+\|\n/m;

const cells = (line: string) =>
	line
		.split(/(?<!\\)\|/)
		.slice(1, -1)
		.map((cell) => cell.trim());

const written = (row: readonly string[]) =>
	`|${row.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}\n`;

/**
 * A page with a row for each operation. Rows that are there keep their place and words. An operation without a row gets
 * the description of the node, after the last row of its resource. A row without an operation is dropped.
 *
 * @throws Error if the page has no operations table
 */
export function withOperations(page: string, operations: readonly DocumentedOperation[]): string {
	const head = HEAD.exec(page);
	if (head === null) throw new Error('The page has no table of operations');
	const first = head.index + head[0].length;
	const length = page.slice(first).search(/^(?!\|)/m);
	const block = length < 0 ? page.slice(first) : page.slice(first, first + length);
	const empty = cells(`|${head.groups?.between ?? ''}`).map(() => '');

	const isListed = (row: { resource: string; operation: string }) =>
		operations.some((one) => one.resource === row.resource && one.operation === row.operation);
	let resource = '';
	const rows = block
		.split('\n')
		.filter((line) => line !== '')
		.map(cells)
		.map(([named = '', operation = '', ...rest]) => {
			resource = named || resource;
			return { resource, operation, rest };
		})
		.filter(isListed);
	for (const { resource: owner, operation, description } of operations) {
		if (rows.some((row) => row.resource === owner && row.operation === operation)) continue;
		const last = rows.map((row) => row.resource).lastIndexOf(owner);
		const row = { resource: owner, operation, rest: [...empty, description] };
		rows.splice(last < 0 ? rows.length : last + 1, 0, row);
	}
	const lines = rows.map((row, index) => {
		const isSame = rows[index - 1]?.resource === row.resource;
		return written([isSame ? '' : row.resource, row.operation, ...row.rest]);
	});
	return `${page.slice(0, first)}${lines.join('')}${page.slice(first + block.length)}`;
}
