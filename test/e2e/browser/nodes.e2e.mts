// Every action node in a real browser: found by search, connected with a typed credential, configured in the panel,
// run, and its output read.

import { beforeEach, describe, expect } from '@jest/globals';
import type { Sandbox } from '../../../sandbox/start.mts';
import type { TestVendor } from '../../vendors/defineVendor.mts';
import { VENDORS, catalogEntry } from '../../vendors/index.mts';
import { deleteCredentials } from '../support/n8n.mts';
import { SEEDED_GUESTS, useVendors } from '../support/vendors.mts';
import { useBrowser } from './support/browser.mts';

/** What the screenshot of the search shows. */
const SEARCH = 'guest list';

/** What a person types into the credential of a vendor. */
const typedFor = ({ key, editor: story }: TestVendor, sandbox: Sandbox) =>
	story.typed(sandbox[key]);

const vendors = useVendors();
const inBrowser = useBrowser();

// Each test starts in an n8n without credentials.
beforeEach(deleteCredentials);

describe.each(VENDORS)('$key', (vendor) => {
	const { editor: story } = vendor;
	const { name, slug } = catalogEntry(vendor);

	inBrowser('is found, connected, set and run', async (editor) => {
		const { creator, credential, panel } = editor;
		await editor.newWorkflow();
		await creator.open();
		for (const word of story.searchWords) await creator.find(word, name);
		if (story.searchWords.includes(SEARCH)) await editor.picture('node-search');
		expect(await creator.choose(name)).toEqual(expect.arrayContaining([...story.actions]));
		await creator.add(story.list);

		await panel.connect();
		const labels = await credential.labels();
		expect(labels.filter((label) => story.form.includes(label))).toEqual(story.form);
		await credential.fill(typedFor(vendor, vendors().sandbox));
		expect(await credential.save()).toEqual({ isGreen: true });
		await panel.editCredential();
		expect(await credential.outcome()).toEqual({ isGreen: true });
		await editor.picture(`credential-${slug}`);
		await credential.close();

		await story.prepare?.(panel);
		await panel.run();
		expect(await panel.itemCount()).toBe(`${SEEDED_GUESTS - story.deleted} items`);
		expect(await panel.rows()).toContainEqual(expect.objectContaining(story.shown));
		await editor.outputPicture(`node-${slug}`);

		await panel.choose('Operation', 'Get');
		const { from, typed, listed } = story.pick;
		expect(await panel.searchList(from, typed, listed)).toEqual([listed]);
		await panel.pickListed(listed);
		await panel.run();
		expect(await panel.rows()).toEqual([expect.objectContaining(story.shown)]);
	});
});
