// SPDX-License-Identifier: Apache-2.0
// node peers.mjs MODULES SLIP.json (--write FOLDER | --seconds N CASE)
// The slip through the npm packages for receipt printers under MODULES/node_modules: their bytes, or how many slips
// each one makes in a second. Prints one line a case: name, version, slips per second, bytes.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const [modules, slipFile, mode, argument, only] = process.argv.slice(2);
const root = path.resolve(modules);
const require = createRequire(path.join(root, 'here.js'));
const slip = JSON.parse(fs.readFileSync(slipFile, 'utf8'));
const versionOf = name =>
  JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

// receiptline reads a markup of its own; it is written once, and what is measured is the way from it to bytes.
const receiptline = () => {
  const { transform } = require('receiptline');
  const quoted = text => text.replace(/[\\|{}~_"`^]/g, sign => '\\' + sign);
  const styled = (text, item) => {
    const marks = (item.width ?? 1) > 1 ? '^^^' : (item.height ?? 1) > 1 ? '^^' : '';
    const body = quoted(text);
    return marks + (item.bold ? `"${body}"` : body);
  };
  const line = {
    text: item => (item.align === 'center' ? '' : '|') + styled(item.text, item),
    pair: item => `${styled(item.left, item)} | ${styled(item.right, item)}`,
    rule: () => '-',
    barcode: item => `{code:${item.data};option:ean,${item.module},${item.height},nohri}`,
    qr: item => `{code:${quoted(item.data)};option:qrcode,${item.module},${item.ec.toLowerCase()}}`,
    cut: () => '=',
  };
  const document = ['{width:auto}', ...slip.items.map(item => line[item.op](item))].join('\n');
  const printer = { command: 'escpos', cpl: slip.columns, encoding: 'cp866', spacing: false, cutting: true };
  return () => Buffer.from(transform(document, printer), 'binary');
};

const receiptPrinterEncoder = page => () => {
  const package_ = require('@point-of-sale/receipt-printer-encoder');
  const Encoder = package_.default ?? package_;
  const text = (encoder, item) => {
    const sized = item.width || item.height;
    if (item.align) encoder.align(item.align);
    if (item.bold) encoder.bold(true);
    if (sized) encoder.size(item.width ?? 1, item.height ?? 1);
    encoder.line(item.text);
    if (sized) encoder.size(1, 1);
    if (item.bold) encoder.bold(false);
    if (item.align) encoder.align('left');
  };
  const pair = (encoder, item) => {
    const left = Math.min([...item.left].length, slip.columns - 1);
    const widths = [{ width: left, align: 'left' }, { width: slip.columns - left, align: 'right' }];
    if (item.bold) encoder.bold(true);
    encoder.table(widths, [[item.left, item.right]]);
    if (item.bold) encoder.bold(false);
  };
  const step = {
    text, pair,
    rule: (encoder, item) => encoder.rule({ style: item.char === '=' ? 'double' : 'single' }),
    barcode: (encoder, item) => encoder.align('center')
      .barcode(item.data, 'ean13', { height: item.height, width: item.module, text: false }).align('left'),
    qr: (encoder, item) => encoder.align('center')
      .qrcode(item.data, { model: 2, size: item.module, errorlevel: item.ec.toLowerCase() }).align('left'),
    cut: encoder => encoder.cut('partial'),
  };
  return () => {
    const encoder = new Encoder({ language: 'esc-pos', columns: slip.columns, codepageMapping: 'epson',
      feedBeforeCut: 3, errors: 'relaxed' });
    encoder.initialize().codepage(page);
    for (const item of slip.items) step[item.op](encoder, item);
    return Buffer.from(encoder.encode());
  };
};

const nodeThermalPrinter = () => {
  const { ThermalPrinter, PrinterTypes, CharacterSet } = require('node-thermal-printer');
  const text = (printer, item) => {
    const sized = item.width || item.height;
    if (item.align === 'center') printer.alignCenter();
    if (item.bold) printer.bold(true);
    if (sized) printer.setTextSize((item.height ?? 1) - 1, (item.width ?? 1) - 1);
    printer.println(item.text);
    if (sized) printer.setTextNormal();
    if (item.bold) printer.bold(false);
    if (item.align) printer.alignLeft();
  };
  const pair = (printer, item) => {
    if (item.bold) printer.bold(true);
    printer.leftRight(item.left, item.right);
    if (item.bold) printer.bold(false);
  };
  const centred = (printer, print) => {
    printer.alignCenter();
    print();
    printer.alignLeft();
  };
  const ean13 = 67;
  const step = {
    text, pair,
    rule: (printer, item) => printer.drawLine(item.char),
    barcode: (printer, item) => centred(printer, () => printer.printBarcode(item.data, ean13,
      { hriPos: 0, hriFont: 0, width: item.module, height: item.height })),
    qr: (printer, item) => centred(printer, () => printer.printQR(item.data,
      { cellSize: item.module, correction: item.ec, model: 2 })),
    cut: printer => printer.partialCut(),
  };
  return () => {
    const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: 'tcp://127.0.0.1:9',
      width: slip.columns, characterSet: CharacterSet.PC866_CYRILLIC2, lineCharacter: '-' });
    for (const item of slip.items) step[item.op](printer, item);
    return printer.getBuffer();
  };
};

const cases = [
  ['raster', 'receiptline', 'receiptline', receiptline],
  ['fixed', 'receipt-printer-encoder', '@point-of-sale/receipt-printer-encoder', receiptPrinterEncoder('cp866')],
  ['auto', 'receipt-printer-encoder-auto', '@point-of-sale/receipt-printer-encoder', receiptPrinterEncoder('auto')],
  ['fixed', 'node-thermal-printer', 'node-thermal-printer', nodeThermalPrinter],
];

const perSecond = (make, seconds) => {
  for (let warm = 0; warm < 20; ++warm) make();
  const start = process.hrtime.bigint();
  const end = start + BigInt(Math.round(seconds * 1e9));
  let count = 0;
  let now = start;
  for (; now < end; now = process.hrtime.bigint(), ++count) make();
  return Math.round(count / (Number(now - start) / 1e9));
};

for (const [kind, name, package_, prepare] of cases) {
  if (mode === '--seconds' && only && only !== kind) continue;
  const make = prepare();
  const bytes = make();
  if (mode === '--write') fs.writeFileSync(path.join(argument, `${name}.bin`), bytes);
  const speed = mode === '--seconds' ? perSecond(make, Number(argument)) : 0;
  console.log(`${kind} ${name} ${versionOf(package_)} ${speed} ${bytes.length}`);
}
