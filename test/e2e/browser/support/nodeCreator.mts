// The panel of n8n's editor that finds nodes (test ids of n8n 2.41.1).

import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.mts';

/** The properties of an image in the page that are checked. */
interface PageImage {
	decode(): Promise<void>;
	naturalWidth: number;
}

/** Runs in the page: whether an image has loaded and is valid. */
async function isLoaded(image: PageImage): Promise<boolean> {
	await image.decode();
	return image.naturalWidth > 0;
}

/** The panel that finds nodes and lists their actions. */
export class NodeCreator {
	private readonly search: Locator;

	private readonly names: Locator;

	constructor(private readonly page: Page) {
		this.search = page.getByTestId('node-creator-search-bar');
		this.names = page.getByTestId('node-creator-item-name');
	}

	/** Opens it in an empty workflow. */
	async open(): Promise<void> {
		await this.page.getByTestId('canvas-plus-button').click();
		await this.search.waitFor();
	}

	/** Types a search word and waits until this node is among the results. */
	async find(word: string, node: string): Promise<void> {
		await this.search.fill(word);
		await this.item(node).waitFor();
	}

	/** Opens a node's entry and expands it completely. @returns its triggers and actions, by label */
	async choose(node: string): Promise<string[]> {
		await this.item(node).click();
		await this.search.waitFor({ state: 'hidden' });
		const lists = this.page.getByTestId('node-creator-category-item');
		await lists.first().waitFor();
		// n8n expands the first list by itself.
		for (const list of (await lists.all()).slice(1)) await list.click();
		const headings = (await lists.allInnerTexts()).join(' ');
		const sizes = Array.from(headings.matchAll(/\((\d+)\)/g), ([, size]) => Number(size));
		await this.names.nth(sizes.reduce((sum, size) => sum + size, 0) - 1).waitFor();
		return await this.names.allInnerTexts();
	}

	/** Adds the node with one of its actions or triggers; its panel opens. */
	async add(action: string): Promise<void> {
		await this.item(action).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Adds a node for which n8n lists no actions; its panel opens. */
	async addAsItIs(node: string): Promise<void> {
		await this.item(node).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** The icon of a listed node. */
	async icon(node: string): Promise<{ address: string; isLoaded: boolean }> {
		const entry = this.page.getByTestId('item-iterator-item').filter({ has: this.item(node) });
		const image = entry.locator('img').first();
		await image.waitFor();
		return {
			address: (await image.getAttribute('src')) ?? '',
			isLoaded: await image.evaluate(isLoaded),
		};
	}

	private item(name: string): Locator {
		return this.names.filter({ hasText: exactly(name) }).first();
	}
}
