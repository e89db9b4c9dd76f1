"""The admin's pages: everything seen, anything mended, every act answered for; some of them for heads too."""
