// Derives each vendor's dark icon from its light one by replacing colours, so that the two never diverge. The icons
// are original drawings and contain no vendor's logo.

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, toCamel } = require('./vendors.cjs');

/**
 * Every colour that an icon may use, and its replacement on a dark background: bodies get lighter to contrast with
 * the canvas, the lines on them get darker, accents stay.
 */
const DARK_COLOURS = {
	'#2f4858': '#a9c5d6',
	'#f2b134': '#2b3a45',
	'#1f6f78': '#7fd1d8',
	'#ffffff': '#17323a',
	'#e4572e': '#ff9a76',
	'#6b2d5c': '#d9a3cc',
	'#35477d': '#9fb1ea',
	'#3d5a3a': '#a7d3a1',
	'#f28a5b': '#c9653a',
};

/** Paths of a vendor's two icon files. */
function iconPaths(vendor) {
	const base = path.join(ROOT, 'nodes', vendor.folder, toCamel(vendor));
	return { light: `${base}.svg`, dark: `${base}.dark.svg` };
}

/**
 * @param {string} lightSvg text of the light icon
 * @returns {string} text of the dark icon
 * @throws if the icon uses a colour that has no dark counterpart
 */
function toDarkVariant(lightSvg) {
	return lightSvg.replace(/#[0-9a-fA-F]{3,8}\b/g, (colour) => {
		const dark = DARK_COLOURS[colour.toLowerCase()];
		if (!dark)
			throw new Error(`The icon colour ${colour} has no dark counterpart in tools/icons.cjs`);
		return dark;
	});
}

/** Writes the dark icon of a vendor, only if it changes. */
function writeDarkIcon(vendor) {
	const { light, dark } = iconPaths(vendor);
	const wanted = toDarkVariant(fs.readFileSync(light, 'utf8'));
	const current = fs.existsSync(dark) ? fs.readFileSync(dark, 'utf8') : undefined;
	if (wanted !== current) fs.writeFileSync(dark, wanted);
}

module.exports = { toDarkVariant, iconPaths, writeDarkIcon };
