// The panel of one node in n8n's editor: its credential, its fields, running it, and its output (test IDs of n8n
// 2.41.1).

import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.mts';

/** How far the fields are dragged to the left, in pixels. */
const WIDER_BY = 220;
/** How often to run a step that n8n refuses because it has not received the typed text yet. */
const MOST_TRIES = 3;

/** The texts that a person sees when a node failed. */
export interface ShownError {
	message: string;
	description: string;
}

/** The items in the table of the output panel: the text of each column, by its header. */
export type Rows = Array<Record<string, string>>;

/** The panel of a node, while it is open. */
export class NodePanel {
	readonly root: Locator;

	private readonly output: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('ndv');
		this.output = page.getByTestId('output-panel');
	}

	/** Creates a credential, if n8n has none for this node yet. */
	async connect(): Promise<void> {
		await this.root.getByTestId('node-credentials-empty-state').getByRole('button').click();
		await this.page.getByTestId('editCredential-modal').waitFor();
	}

	/** Opens the form of the node's credential. */
	async editCredential(): Promise<void> {
		await this.root.getByTestId('credential-edit-button').click();
		await this.page.getByTestId('editCredential-modal').waitFor();
	}

	/** The labels of the fields, in order. */
	async labels(): Promise<string[]> {
		const labels = this.root.getByTestId('node-parameters').locator('label');
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n', 1)[0]?.trim() ?? '').filter(Boolean);
	}

	/** Selects an entry of a drop-down. @param choice its label */
	async choose(label: string, choice: string): Promise<void> {
		await (await this.field(label)).locator('.el-select').click();
		await this.option(choice).click();
	}

	/** Types into a field. */
	async fill(label: string, text: string): Promise<void> {
		await (await this.field(label)).locator('input, textarea').first().fill(text);
	}

	/** Switches a field to *Expression* and types one. @param result the text that n8n then shows under the field */
	async express(label: string, expression: string, result: string): Promise<void> {
		const field = await this.field(label);
		await (await this.options(label)).getByTestId('radio-button-expression').click();
		await field.locator('.cm-content').fill(expression);
		await field.locator('.cm-content').blur();
		await this.root.getByText(result, { exact: true }).first().waitFor();
	}

	/** Toggles a switch. */
	async toggle(label: string): Promise<void> {
		await (await this.field(label)).getByRole('switch').click();
	}

	/** Selects the resource locator mode with this label, e.g. `By ID`, and types into it. */
	async name(label: string, mode: string, text: string): Promise<void> {
		await this.locatorMode(label, mode);
		await (await this.field(label)).getByTestId('rlc-input').fill(text);
	}

	/** Opens *From List* of a resource locator and types into its search. @returns the listed entries */
	async searchList(label: string, typed: string, expected: string): Promise<string[]> {
		const field = await this.field(label);
		await this.locatorMode(label, 'From List');
		await field.getByTestId('rlc-input').click();
		const items = this.page.getByTestId('rlc-item');
		await items.first().waitFor();
		await this.page.locator('[data-test-id=rlc-search]:visible').fill(typed);
		await items.filter({ hasText: expected }).first().waitFor();
		return await this.page.locator('[data-test-id=rlc-item]:visible').allInnerTexts();
	}

	/** Selects an entry of the open list. */
	async pickListed(name: string): Promise<void> {
		await this.page.locator('[data-test-id=rlc-item]:visible').filter({ hasText: name }).click();
	}

	/** Adds an entry of a collection, e.g. an option. @param collection its placeholder, e.g. `Add option` */
	async addTo(collection: string, entry: string): Promise<void> {
		await this.root.getByTestId('collection-parameter-add').filter({ hasText: collection }).click();
		await this.option(entry).click();
	}

	/**
	 * Runs the node and waits until it has succeeded or failed. The last typed text reaches n8n a moment later; until
	 * then a required field may be missing, and the button is pressed again.
	 */
	async run(): Promise<void> {
		const succeeded = this.page.getByTestId('node-run-status-success');
		const ended = succeeded.or(this.page.getByTestId('node-run-status-danger')).first();
		const refused = this.page.locator('.el-notification').filter({ hasText: 'cannot start' });
		for (let tries = 1; ; tries += 1) {
			await this.root.getByTestId('node-execute-button').click();
			await ended.or(refused).first().waitFor();
			if (tries === MOST_TRIES || (await refused.count()) === 0) break;
			await refused.first().locator('.el-notification__closeBtn').click();
			await refused.first().waitFor({ state: 'detached' });
		}
		await ended.waitFor();
	}

	/** Lets a trigger listen until it receives something. @param send makes the vendor send it */
	async listen(send: () => void): Promise<void> {
		await this.root.getByTestId('node-execute-button').click();
		await this.page.getByTestId('trigger-listening').waitFor();
		send();
		await this.page.getByTestId('node-run-status-success').first().waitFor();
	}

	/** The selected entries of a multi-select field. */
	async chosen(label: string): Promise<string[]> {
		return await (await this.field(label)).locator('.el-tag').allInnerTexts();
	}

	/** Tries to run the node when n8n itself refuses. @returns n8n's message */
	async runRefused(): Promise<string> {
		await this.root.getByTestId('node-execute-button').click();
		return await this.page.locator('.el-notification').last().innerText();
	}

	/** The number of output items, in n8n's wording. */
	async itemCount(): Promise<string> {
		return await this.output.getByTestId('ndv-items-count').innerText();
	}

	/** The headers of the output table, in order. */
	async heads(): Promise<string[]> {
		await this.output.getByTestId('radio-button-table').click();
		const table = this.output.locator('table');
		await table.waitFor();
		return (await table.locator('thead th').allInnerTexts()).map((head) => head.trim());
	}

	/** The rows of the output's table. */
	async rows(): Promise<Rows> {
		const heads = await this.heads();
		const table = this.output.locator('table');
		const rows: Rows = [];
		for (const row of await table.locator('tbody tr').all()) {
			const cells = await row.locator('td').allInnerTexts();
			rows.push(
				Object.fromEntries(heads.map((head, column) => [head, cells[column]?.trim() ?? ''])),
			);
		}
		return rows;
	}

	/** The text of the output panel when the node failed. */
	async error(): Promise<ShownError> {
		const message = await this.output.getByTestId('node-error-message').innerText();
		const description = this.output.getByTestId('node-error-description');
		return {
			message: message.trim(),
			description: (await description.count()) === 0 ? '' : (await description.innerText()).trim(),
		};
	}

	/** Drags the fields to the left to make room for the output. */
	async widenOutput(): Promise<void> {
		const handle = await this.root.getByTestId('panel-drag-button').boundingBox();
		if (handle === null) throw new Error('the panel has no handle');
		const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
		await this.page.mouse.move(x, y);
		await this.page.mouse.down();
		await this.page.mouse.move(x - WIDER_BY / 2, y);
		await this.page.mouse.move(x - WIDER_BY, y);
		await this.page.mouse.up();
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** The parameter under a label. */
	private async field(label: string): Promise<Locator> {
		const name = await this.heading(label).getAttribute('for');
		return this.root.getByTestId(`parameter-input-${name}`);
	}

	/** The controls that n8n shows next to a label on hover. */
	private async options(label: string): Promise<Locator> {
		const heading = this.heading(label);
		await heading.hover();
		return heading;
	}

	private heading(label: string): Locator {
		return this.root
			.locator('label[for]')
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.first();
	}

	private async locatorMode(label: string, mode: string): Promise<void> {
		const selector = (await this.field(label)).getByTestId('rlc-mode-selector');
		if (sameWords(await selector.locator('input').inputValue(), mode)) return;
		await selector.click();
		await this.option(mode).click();
	}

	/** An entry of the open drop-down; there may be a description below its name. */
	private option(name: string): Locator {
		const entries = this.page.locator('.el-select-dropdown__item:visible');
		const named = exactly(name);
		const headline = this.page.locator('.option-headline').filter({ hasText: named });
		return entries
			.filter({ has: headline })
			.or(entries.filter({ hasText: named }))
			.first();
	}
}

/** n8n shows "From list" for the node's "From List". */
function sameWords(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.toLowerCase();
}
