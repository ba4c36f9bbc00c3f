/** The operations table of each vendor's page is current, and follows the node. */
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { withOperations } from '../../generated/operationsTable.mts';
import { expectCurrent } from '../../generated/update.mts';
import { repositoryRoot } from '../../support/paths.mts';
import { CATALOG } from '../../vendors/catalog.mts';
import { operations } from '../descriptions/shipped.mts';
import { readText } from './markdown.mts';

test.each(CATALOG)('$name lists its operations', ({ folder, slug }) => {
	const own = operations
		.filter(({ node }) => node === folder)
		.map(({ resourceName, choice }) => ({
			resource: resourceName,
			operation: choice.name,
			description: choice.description ?? '',
		}));
	const page = `docs/${slug}.md`;

	expectCurrent(join(repositoryRoot(), page), withOperations(readText(page), own));
});

describe('the table', () => {
	const row = (resource: string, operation: string, description = `${operation} it`) => ({
		resource,
		operation,
		description,
	});
	const page = [
		'Before',
		'| Resource | Operation | What it does |',
		'| --- | --- | --- |',
		'| Guest | Add | In my words |',
		'| | Remove | Gone |',
		'| Ticket | Get Many | All |',
		'',
		'After',
	].join('\n');

	test('keeps texts, adds a new operation to its resource, and drops a deleted one', () => {
		const wanted = [row('Guest', 'Get'), row('Guest', 'Add'), row('Ticket', 'Get Many')];

		expect(withOperations(page, wanted).split('\n').slice(3)).toEqual([
			'| Guest | Add | In my words |',
			'| | Get | Get it |',
			'| Ticket | Get Many | All |',
			'',
			'After',
		]);
	});

	test('adds a new resource at the end', () => {
		const wanted = [row('Booking', 'Get'), row('Guest', 'Add')];

		expect(withOperations(page, wanted)).toContain(
			'| Guest | Add | In my words |\n| Booking | Get | Get it |\n\nAfter',
		);
	});

	test('a page without the table is an error', () => {
		expect(() => withOperations('# Nothing', [])).toThrow('no table of operations');
	});
});
