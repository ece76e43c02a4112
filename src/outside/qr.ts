// QR codes as SVG.
import QRCode from 'qrcode';

/** Level M: a scratched or folded corner still reads. */
export function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 });
}
