// Makes the images of a batch smaller whose longer side has more than 1024 pixels. What Java cannot read and write (WebP),
// and GIF, which may be moving, stays as it is. What a file says beside its pixels (EXIF, colour profiles) is left out.
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import javax.imageio.IIOException
import javax.imageio.ImageIO

int limit = 1024

/** The smaller image; null where it stays as it is. */
byte[] resized(byte[] file, int limit) {
    ImageIO.createImageInputStream(new ByteArrayInputStream(file)).withCloseable { input ->
        def readers = ImageIO.getImageReaders(input)
        if (!readers.hasNext()) {
            return null
        }
        def reader = readers.next()
        try {
            reader.input = input
            int width = reader.getWidth(0)
            int height = reader.getHeight(0)
            int longer = Math.max(width, height)
            if (longer <= limit || reader.formatName == 'gif') {
                return null
            }
            // reading every n-th pixel only bounds the memory, however many pixels there are
            def every = reader.defaultReadParam
            every.setSourceSubsampling(longer.intdiv(limit), longer.intdiv(limit), 0, 0)
            def read = reader.read(0, every)
            def small = new BufferedImage(
                    Math.max(1, Math.round(width * limit / longer) as int),
                    Math.max(1, Math.round(height * limit / longer) as int),
                    read.colorModel.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
            def graphics = small.createGraphics()
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR)
            graphics.drawImage(read, 0, 0, small.width, small.height, null)
            graphics.dispose()
            def out = new ByteArrayOutputStream()
            return ImageIO.write(small, reader.formatName, out) ? out.toByteArray() : null
        } catch (IIOException | IllegalArgumentException unreadable) {
            // Clarifai decides what becomes of it
            return null
        } finally {
            reader.dispose()
        }
    }
}

body.each { row ->
    def smaller = row.image_bytes ? resized(row.image_bytes.toByteArray(), limit) : null
    if (smaller) {
        row.image_bytes = smaller
    }
}
